/** Shared tasks for workers: they yield, sleep, fork and join, fail, and never end. */
import {
  cancel,
  join,
  ms,
  pause,
  reserve,
  restart,
  resume,
  select,
  sleep,
  spawn,
  stop,
  task,
  yieldNow,
} from "dormouse";
import type { TaskKind } from "dormouse";

/** Sums 0 to n - 1, with a wait for each. */
export const spin = task(
  async (n: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      await yieldNow();
      sum += i;
    }
    return sum;
  },
  { pool: 300, shared: true },
);

export const nap = task(
  async (times: number, length: number) => {
    for (let i = 0; i < times; i++) await sleep(ms(length));
    return times;
  },
  { pool: 300, shared: true },
);

export const isOdd = task(async (n: number) => n % 2 === 1, { pool: 4, shared: true });

export const fails = task(
  async (n: number) => {
    await sleep(ms(1));
    if (n > 0) throw new RangeError(`no ${n}`);
  },
  { pool: 4, shared: true },
);

/** Runs until it is cancelled, and cleans up over waits. */
export const endless = task(
  async (yields: boolean) => {
    try {
      for (;;) {
        if (yields) await yieldNow();
        else await sleep(ms(50));
      }
    } finally {
      await yieldNow();
      await sleep(ms(1));
    }
  },
  { pool: 60, shared: true },
);

function plainFib(n: number): number {
  return n < 2 ? n : plainFib(n - 1) + plainFib(n - 2);
}

/** Fork and join; below `cut` it only computes. */
export const fib: TaskKind<[number, number], number> = task(
  async (n: number, cut: number): Promise<number> => {
    if (n <= cut) return plainFib(n);
    const left = spawn(fib, n - 1, cut);
    const right = spawn(fib, n - 2, cut);
    return (await join(left)) + (await join(right));
  },
  { pool: 800, shared: true },
);

/** What a task sees of others: an error, a cancel, the end in a select. */
export const watcher = task(
  async () => {
    let seen = 0;
    const failing = spawn(fails, 5);
    try {
      await join(failing);
    } catch {
      seen += 1;
    }
    const stopped = spawn(endless, false);
    await sleep(ms(5));
    if ((await stop(stopped)) === "cancelled") seen += 10;
    const napping = spawn(nap, 3, 1);
    const first = await select({ nap: join(napping), late: sleep(ms(5000)) });
    if (first.arm === "nap") seen += 100 * first.value;
    return seen;
  },
  { pool: 20, shared: true },
);

function forever(n: number): number {
  for (;;) if (n < 0) return n;
}

/** Hangs. */
export const hangs = task(
  async (n: number) => {
    await yieldNow();
    return forever(n);
  },
  { shared: true },
);

/** Stays where it is, and no worker may have it. */
export const local = task(async (words: string[]) => {
  await yieldNow();
  return words.length;
});

/** The test starts them. */
export default function main(): void {}

/** Asks of another task what only those of one thread can do. */
export const meddle = task(
  async (what: number) => {
    const id = spawn(nap, 2, 1);
    await yieldNow();
    try {
      if (what === 0) pause(id);
      if (what === 1) resume(id);
      if (what === 2) restart(id, 1, 1);
      if (what === 3) reserve(nap);
    } finally {
      cancel(id);
    }
  },
  { pool: 4, shared: true },
);
