/** Shared tasks that are ready again at once, until they are told to stop; and such as do a bit of all. */
import { join, ms, sleep, spawn, task, yieldNow } from "dormouse";
import { sharedArray } from "dormouse/node";

/** Set once all shall end. */
export const halt = sharedArray(Int32Array, 1);

function compute(rounds: number): number {
  let x = 1;
  for (let i = 0; i < rounds; i++) x = (x * 1103515245 + 12345) | 0;
  return x & 1;
}

export const low = task(
  async (rounds: number) => {
    let x = 0;
    while (halt[0] === 0) {
      x += compute(rounds);
      await yieldNow();
    }
    return x;
  },
  { pool: 600, shared: true },
);

export const high = task(
  async (rounds: number) => {
    let x = 0;
    while (halt[0] === 0) {
      x += compute(rounds);
      await yieldNow();
    }
    return x;
  },
  { pool: 40, shared: true, priority: 4 },
);

/** Yields, sleeps, and spawns others that it joins: what comes next is in the bits of `seed`. */
export const mixed = task(
  async (seed: number) => {
    for (let bits = seed; bits > 1 && halt[0] === 0; bits >>= 2) {
      if ((bits & 3) === 0) await yieldNow();
      else if ((bits & 3) === 1) await sleep(ms(bits & 7));
      else if ((bits & 3) === 2) await join(spawn(leaf, bits & 15));
      else compute(1000);
    }
    return seed;
  },
  { pool: 200, shared: true },
);

export const leaf = task(
  async (turns: number) => {
    for (let i = 0; i < turns; i++) await yieldNow();
    return turns;
  },
  { pool: 400, shared: true },
);

/** Spawns all of them on one worker, in one poll. */
export const crowd = task(
  async (tasks: number, rounds: number) => {
    let last = spawn(low, rounds);
    for (let i = 1; i < tasks; i++) last = spawn(low, rounds);
    return await join(last);
  },
  { pool: 2, shared: true },
);

/** The test starts them. */
export default function main(): void {}
