/** Shared tasks that say where they run, and in which order; and that have jobs done, and share arrays. */
import { join, ms, sleep, spawn, stop, task, yieldNow } from "dormouse";
import { currentWorker, sharedArray, spawnOn, threads } from "dormouse/node";

/** The worker that ran each step of each task. */
export const places = sharedArray(Int32Array, 100 * 20);
/** Which tasks ran, in order: as many as the first says. */
export const order = sharedArray(Int32Array, 1000);

function note(id: number): void {
  order[1 + Atomics.add(order, 0, 1)] = id;
}

/** Waits in all ways, and notes where it is. */
export const stays = task(
  async (id: number) => {
    for (let i = 0; i < 20; i++) {
      places[id * 20 + i] = currentWorker();
      if (i % 2 === 0) await yieldNow();
      else await sleep(ms(i % 3));
    }
    return currentWorker();
  },
  { pool: 100, shared: true },
);

/** Forks to a worker that it names. */
export const forks = task(
  async (worker: number, id: number) => {
    const other = spawnOn(worker, stays, id);
    const place = await join(other);
    const endless = spawnOn(worker, waits, 0);
    await yieldNow();
    return (await stop(endless)) === "cancelled" ? place : -9;
  },
  { pool: 10, shared: true },
);

export const waits = task(
  async (_n: number) => {
    for (;;) await sleep(ms(50));
  },
  { pool: 20, shared: true },
);

export const low = task(
  async (id: number, turns: number) => {
    for (let i = 0; i < turns; i++) {
      note(id);
      await yieldNow();
    }
  },
  { pool: 40, shared: true },
);

export const high = task(
  async (id: number, turns: number) => {
    for (let i = 0; i < turns; i++) {
      note(id);
      await yieldNow();
    }
  },
  { pool: 40, shared: true, priority: 3 },
);

/** Spawns all in one poll, so that they are ready together, and waits for them. */
export const race = task(
  async (lows: number, highs: number, turns: number) => {
    let last = spawn(low, 0, turns);
    for (let i = 1; i < lows; i++) last = spawn(low, i, turns);
    let urgent = spawn(high, 100, turns);
    for (let i = 1; i < highs; i++) urgent = spawn(high, 100 + i, turns);
    await join(urgent);
    await join(last);
  },
  { pool: 2, shared: true, priority: 5 },
);

const pool = threads({ workers: 1 });

/** Has jobs done by the threads that it runs on, and by those of the main thread that way. */
export const asks = task(
  async (n: number) => {
    const twice = await pool.call((x: number) => 2 * x, [n]);
    await yieldNow();
    const promised = await pool.run((x: number) => x + 1, [twice]);
    await yieldNow();
    return promised;
  },
  { pool: 20, shared: true },
);

export const asksInVain = task(
  async () => {
    try {
      await pool.call((): number => {
        throw new RangeError("no number");
      });
    } catch (error) {
      return (error as Error).message.length;
    }
    return 0;
  },
  { pool: 2, shared: true },
);

/** In a function of its own the loop lets nobody else run. */
function work(): void {
  const end = Date.now() + 50;
  while (Date.now() < end);
}

/** Asks, then takes more time than its thread gives at once: the answer is what the event loop brings next. */
export const worksOn = task(
  async (n: number) => {
    const answer = pool.call((x: number) => x + 1, [n]);
    work();
    return await answer;
  },
  { pool: 4, shared: true },
);

/** The test starts them. */
export default function main(): void {}
