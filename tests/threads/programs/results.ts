/** Shared tasks that give each other more than words can say, from worker to worker. */
import { join, ms, settled, sleep, spawn, task, yieldNow } from "dormouse";
import { currentWorker, spawnOn } from "dormouse/node";

/** Ends with what its number says. */
export const gives = task(
  async (what: number) => {
    await yieldNow();
    if (what === 2) throw new RangeError("too far", { cause: new Error("deep") });
    if (what === 3) throw Object.assign(new Error("refused"), { code: "E_OWN", at: [1, 2] });
    if (what === 4) return parseInt;
    return what === 1 ? "a text that no type names" : { what, from: currentWorker(), list: [1, [2]] };
  },
  { pool: 1, shared: true },
);

/** Joins one on another worker, at once or when it is long over; and once more. */
export const joins = task(
  async (worker: number, what: number, isLate: boolean) => {
    const other = spawnOn(worker, gives, what);
    if (isLate) await settled(other);
    await join(other);
    return await join(other);
  },
  { pool: 4, shared: true },
);

/** Has nothing to do with what it spawned, until that is over. */
export const forgets = task(
  async (worker: number) => {
    const other = spawnOn(worker, gives, 7);
    await sleep(ms(30));
    return await join(other);
  },
  { pool: 2, shared: true },
);

/** A list of n items, of two of half its length, wherever those were made. */
export const listOf = task(
  async (n: number): Promise<number[]> => {
    await yieldNow();
    if (n <= 1) return [n];
    const left = spawn(listOf, n >> 1);
    const right = spawn(listOf, n - (n >> 1));
    const length = (await join(left)).length;
    return new Array<number>(length + (await join(right)).length).fill(1);
  },
  { pool: 600, shared: true },
);

/** Stays on its thread, and keeps what it joins of others. */
const collects = task(async () => {
  const all: unknown[] = [];
  const others = [0, 1, 0, 1].map((worker, i) => spawnOn(worker, numbered, i));
  for (const other of others) all.push(await join(other));
  return all;
});

export const numbered = task(
  async (id: number) => {
    await sleep(ms(id));
    return { id };
  },
  { pool: 4, shared: true },
);

export const asks = task(async () => await join(spawn(collects)), { shared: true });

/** The test starts them. */
export default function main(): void {}
