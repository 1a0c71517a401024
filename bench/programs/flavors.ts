/** The work on which flavours of worker threads are compared. The driver spawns it, from the main thread. */
import { join, ms, sleep, spawn, task, yieldNow, type TaskKind } from "dormouse";

/** Rounds of a turn: some microseconds. */
const TURN = 6_000;
const SLEEPS = 20;

function compute(rounds: number): number {
  let x = 1;
  for (let i = 0; i < rounds; i++) x = (x * 1103515245 + 12345) | 0;
  return x;
}

/** Computes for so many turns, and lets others run in between. */
export const work = task(
  async (turns: number) => {
    let x = 0;
    for (let i = 0; i < turns; i++) {
      x = (x + compute(TURN)) | 0;
      await yieldNow();
    }
    return x & 1;
  },
  { pool: 1000, shared: true },
);

/** Waits for the most part, as for sockets. */
export const wait = task(
  async (first: number) => {
    let x = 0;
    for (let i = 0; i < SLEEPS; i++) {
      await sleep(ms(1 + ((first + i) % 3)));
      x = (x + compute(TURN / 4)) | 0;
    }
    return x & 1;
  },
  { pool: 1000, shared: true },
);

function plainFib(n: number): number {
  return n < 2 ? n : plainFib(n - 1) + plainFib(n - 2);
}

/** Fork and join: it begins on one worker, whichever flavour that has. */
export const fib: TaskKind<[number], number> = task(
  async (n: number): Promise<number> => {
    if (n <= 20) return plainFib(n);
    const left = spawn(fib, n - 1);
    const right = spawn(fib, n - 2);
    return (await join(left)) + (await join(right));
  },
  { pool: 4096, shared: true },
);

/** The driver starts them. */
export default function main(): void {}
