/** As steady.ts, for what there is to do with tasks that run, or have run. What starts a task takes the list of its arguments. */
import {
  CancelToken,
  currentTask,
  detach,
  faultCount,
  isCancelRequested,
  join,
  lastFault,
  ms,
  pause,
  resume,
  select,
  settled,
  sleep,
  spawn,
  task,
  TaskGroup,
  yieldNow,
  type Task,
} from "dormouse";
import { isMore, over, play, start, type Rounds } from "./round.js";

const group = new TaskGroup();
const token = new CancelToken();

let sum = 0;

const giver = task(async function giver() {
  await yieldNow();
  return 1;
});

/** Of a task that is over. */
const joiner = task(async function joiner(given: Task<number>) {
  while (isMore()) {
    sum = (sum + (await join(given))) & 0xff;
    if ((await settled(given)) !== "done") sum = 0;
  }
  over();
});

const idler = task(async function idler() {
  for (;;) {
    await sleep(ms(1));
    if (sum < 0) break;
  }
  over();
});

/** Joins of a task that goes on are given up. */
const impatient = task(async function impatient(other: Task) {
  while (isMore()) {
    const next = await select({
      end: join(other),
      how: settled(other),
      all: group.join(),
      word: token.cancelled(),
    });
    sum = next.arm === "all" ? 1 : 0;
    const more = await select({ end: join(other), word: token.cancelled(), tick: sleep(ms(1)) });
    sum = more.arm === "tick" ? 1 : 0;
  }
  sum = -1;
  over();
});

const holder = task(async function holder(other: Task) {
  while (isMore()) {
    pause(other);
    await yieldNow();
    resume(other);
    await sleep(ms(1));
    detach(other);
    if (isCancelRequested() || token.isCancelled || currentTask() === other) sum = 0;
    if (lastFault() !== undefined || faultCount() > 0) sum = 0;
  }
  sum = -1;
  over();
});

/** What each round starts, by name. */
export const rounds: Rounds = {
  "a join of what is over": () =>
    start(() => {
      const given = spawn(giver);
      spawn(joiner, given);
    }),
  "a join that is given up": () => {
    sum = 0;
    let other: Task;
    start(
      () => (other = spawn(idler)),
      () => spawn(impatient, other),
    );
  },
  "a task that is paused": () => {
    sum = 0;
    let other: Task;
    start(
      () => (other = spawn(idler)),
      () => spawn(holder, other),
    );
  },
};

export default function main(): void {
  play(rounds, main);
}
