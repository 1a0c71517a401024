/** Messages there and back: between two workers, within one by a channel of all threads, and within one by its own. */
import { CLOSED, Channel, task } from "dormouse";
import { SharedChannel } from "dormouse/node";

const questions = new SharedChannel<number>(16);
const answers = new SharedChannel<number>(16);

/** Answers all that comes. */
export const echo = task(
  async () => {
    for (;;) {
      const n = await questions.receive();
      if (n === CLOSED) return;
      await answers.send(n);
    }
  },
  { shared: true },
);

/** Sends `count` messages there and back, one after the other. */
export const ask = task(
  async (count: number) => {
    for (let i = 0; i < count; i++) {
      await questions.send(i);
      await answers.receive();
    }
    return count;
  },
  { shared: true },
);

/** As many at once as there is room for. */
export const stream = task(
  async (count: number) => {
    let sent = 0;
    for (let got = 0; got < count; got++) {
      while (sent < count && questions.trySend(sent)) sent++;
      await answers.receive();
    }
    return count;
  },
  { shared: true },
);

const ownQuestions = new Channel<number>(16);
const ownAnswers = new Channel<number>(16);

/** As {@link echo}, of one thread. */
export const ownEcho = task(async () => {
  for (;;) {
    const n = await ownQuestions.receive();
    if (n === CLOSED) return;
    await ownAnswers.send(n);
  }
});

/** As {@link ask}, of one thread: tells `done`. */
export const ownAsk = task(async (count: number, done: () => void) => {
  for (let i = 0; i < count; i++) {
    await ownQuestions.send(i);
    await ownAnswers.receive();
  }
  done();
});

export default function main(): void {}
