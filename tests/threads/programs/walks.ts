/** Tasks that may move between threads: all forms of what a frame in shared memory keeps. Each gives one number. */
import { ms, sleep, task, yieldNow } from "dormouse";

enum Mode {
  Slow,
  Fast = 7,
}

const WEIGHTS = [1, -2, 4.5] as const;

async function pause(n: number, isShort: boolean, times = 2): Promise<boolean> {
  for (let i = 0; i < times; i++) {
    if (isShort) await yieldNow();
    else await sleep(ms(n));
  }
  return !isShort;
}

async function halved(n: number): Promise<number> {
  await yieldNow();
  return n / 2;
}

/** Many steps, two calls deep. */
export const collatz = task(
  async function collatz(from: number) {
    let steps = 0;
    let isShort = from % 2 === 0;
    for (let n = from; n !== 1; steps++) {
      n = n % 2 === 0 ? await halved(n) : n * 3 + 1;
      if (steps % 8 === 0) isShort = await pause(2, isShort, 1);
    }
    return steps + (isShort ? 0.25 : 0.75);
  },
  { pool: 10, shared: true },
);

/** Numbers that no whole word could hold. */
export const sums = task(
  async function sums(from: number) {
    let sum = -0;
    let largest = -Infinity;
    let nothing = NaN;
    for (let i = 0; i < 20; i++) {
      const before = sum;
      sum = before + WEIGHTS[i % 3]! * (await halved(2 ** (30 + from))) + 0.1;
      largest = Math.max(largest, sum);
      if (!Number.isNaN(nothing)) nothing = 0;
      await pause(from, i % 4 !== 0, 1);
    }
    return Number.isNaN(nothing) ? sum + largest : 0;
  },
  { pool: 10, shared: true },
);

async function failing(n: number): Promise<number> {
  try {
    await sleep(ms(1));
    if (n % 3 === 0) throw new RangeError(`no ${n}`);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a number can stay in the frame
    if (n % 3 === 1) throw n + 0.5;
    return n;
  } finally {
    await sleep(ms(2));
    await yieldNow();
  }
}

/** Errors that pass through cleanup which waits: objects stay with their thread meanwhile. */
export const cleanups = task(
  async function cleanups(from: number) {
    let caught = 0;
    for (let i = from; i < from + 9; i++) {
      try {
        caught += await failing(i);
      } catch (error) {
        caught += error instanceof RangeError ? error.message.length : (error as number);
      }
    }
    return caught;
  },
  { pool: 10, shared: true },
);

/** Runs until it is cancelled, and cleans up on whichever thread that is. */
export const endless = task(
  async function endless(from: number) {
    let mode = Mode.Slow;
    try {
      for (;;) {
        mode = mode === Mode.Slow ? Mode.Fast : Mode.Slow;
        await pause(mode === Mode.Slow ? 3 : 1, false, 1);
      }
    } finally {
      for (let i = 0; i < from; i++) await sleep(ms(1));
    }
  },
  { pool: 10, shared: true },
);

/** The test starts them. */
export default function main(): void {}
