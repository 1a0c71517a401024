/** Streams made of channels and of each other: what passes, in which order, to a close, an error, a break or a cancel. */
import {
  Channel,
  DropOldestChannel,
  PubSub,
  TIMED_OUT,
  cancel,
  filter,
  map,
  merge,
  ms,
  settled,
  sleep,
  spawn,
  stop,
  take,
  task,
  timeout,
  window,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const numbers = new Channel<number>(3);
const words = new Channel<string>(2);
const topic = new PubSub<number>(4);
const lossy = new DropOldestChannel<number>(2);

const isOdd = (x: number): boolean => x % 2 === 1;

function half(x: number): number {
  if (x > 90) throw new RangeError(`${x} is too much`);
  return x / 2;
}

const sendNumbers = task(async function sendNumbers(from: number, to: number) {
  for (let i = from; i < to; i++) await numbers.send(i);
});

const sendWords = task(async function sendWords(count: number) {
  for (let i = 0; i < count; i++) {
    await words.send(`w${i}`);
    if (i % 2 === 1) await sleep(ms(1));
  }
});

async function* careful(from: number): AsyncGenerator<number> {
  try {
    for (let i = from; ; i++) {
      await yieldNow();
      yield i;
    }
  } finally {
    await sleep(ms(1));
    out.write(`left ${from}`);
  }
}

/** One that programs make of ours. */
async function* scaled(by: number): AsyncGenerator<number> {
  yield -1;
  yield* take(
    map(numbers, (x) => x * by),
    2,
  );
  yield* filter(take(careful(by), 3), isOdd);
}

/** Waits until it is cancelled in the middle of one. */
const endless = task(async function endless() {
  try {
    for await (const list of window(
      map(filter(merge(numbers, lossy), isOdd), (x) => x + 0.5),
      2,
      1,
    ))
      out.write(`endless ${list.join()}`);
  } finally {
    out.write("cancelled");
  }
});

async function parts(): Promise<void> {
  spawn(sendNumbers, 0, 30);
  for await (const x of map(take(filter(numbers, isOdd), 3), half)) out.write(`half ${x}`);
  let sum = 0;
  const add = (x: number): number => (sum += x);
  outer: for await (const list of window(map(numbers, add), 3, 2)) {
    for (const x of list) {
      if (x > 60) break outer;
      if (x > 30) continue outer;
    }
    out.write(`sums ${list.join()}`);
  }
  for await (const x of scaled(10)) out.write(`scaled ${x}`);
  for await (const list of take(window(numbers, 1), 1)) out.write(`one ${list.length}`);
  for await (const x of take(careful(5), 0)) out.write(`never ${x}`);
  for await (const x of take(
    filter(careful(6), (x) => x > 7),
    1,
  ))
    out.write(`big ${x}`);
  while ((await timeout(numbers.receive(), ms(1))) !== TIMED_OUT);
}

async function errors(): Promise<void> {
  spawn(sendNumbers, 88, 94);
  try {
    for await (const x of filter(map(numbers, half), (x) => x > 44)) out.write(`half ${x}`);
  } catch (error) {
    out.write(String(error));
  }
  try {
    for await (const x of map(careful(90), half)) if (x > 45) throw new Error("by the body");
  } catch (error) {
    out.write(String(error));
  }
  try {
    for await (const x of merge(map(numbers, half), words)) out.write(`never ${x}`);
  } catch (error) {
    out.write(String(error));
  }
  try {
    for await (const list of window(numbers, 2, 3)) out.write(`never ${list.length}`);
  } catch (error) {
    out.write((error as Error).message.slice(0, 4));
  }
  out.write(`left ${numbers.length}`);
  for await (const x of take(numbers, numbers.length)) out.write(`rest ${x}`);
}

/** All kinds at once; each source ends in another way. */
async function merges(): Promise<void> {
  const readings = topic.subscribe();
  spawn(sendNumbers, 0, 9);
  spawn(sendWords, 5);
  for (let i = 0; i < 3; i++) topic.publish(100 + i);
  lossy.trySend(7);
  topic.close();
  lossy.close();
  const tagged = (x: number): string => `n${x}`;
  for await (const x of take(
    merge(
      map(filter(take(numbers, 5), isOdd), tagged),
      words,
      take(lossy, 0),
      filter(readings, (x) => x !== 101),
      lossy,
    ),
    9,
  ))
    out.write(`merged ${x}`);
  numbers.close();
  words.close();
  for await (const x of merge(words, numbers)) out.write(`rest ${x}`);
  for await (const x of merge(numbers)) out.write(`never ${x}`);
}

const main1 = task(async function main1() {
  await parts();
  await errors();
  const other = spawn(endless);
  spawn(sendNumbers, 0, 6);
  lossy.trySend(3);
  await sleep(ms(2));
  cancel(other);
  out.write(await settled(other));
  numbers.trySend(11);
  out.write(`kept ${numbers.length}`);
  const again = spawn(endless);
  numbers.trySend(13);
  await yieldNow();
  out.write(await stop(again));
  numbers.trySend(15);
  for await (const x of take(numbers, 1)) out.write(`got ${x}`);
  while ((await timeout(numbers.receive(), ms(1))) !== TIMED_OUT);
  await merges();
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
