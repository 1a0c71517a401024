// @timeout 240
/**
 * The two theorems of docs/threads.md on real workers: progress and balance. Both are checked by counts of turns and by who
 * is seen asleep, and not by times, which a busy machine stretches.
 */
import { setImmediate as turned, setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { lengthOf } from "../../targets/node/threads/lock-free/deque.js";
import { SLEEPS_BY, sleepsOn } from "../../targets/node/threads/lock-free/parking.js";
import { countOf } from "../../targets/node/threads/lock-free/ring.js";
import { PARKS, POLLS } from "../../targets/node/threads/tasks/counts.js";
import type { TaskTable } from "../../targets/node/threads/tasks/table.js";
import { rejection } from "../support/rejection.js";
import { buildShared } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as theorems from "./programs/theorems.js";

const test = suite("threads/theorems");

type Built = typeof theorems & Pick<typeof node, "threads">;

let built: Built;
let program: URL;

test.before(async () => {
  ({ built, program } = await buildShared<Built>("theorems", ["threads"]));
});

test.before.each(() => {
  built.halt[0] = 0;
});

const FLAVORS = ["workStealing", "globalQueue", "threadPerCore", "currentThread"] as const;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Waits until each task of `slots` had so many turns, or fails: which one had none is in the message. */
async function untilTurns(pool: node.Threads, turns: number): Promise<void> {
  while (pool.stats("tasks").each.reduce((sum, { polls }) => sum + polls, 0) < turns) await passed(5);
}

/** Turns of others that a task which was ready all the time had to wait for, at most; on the worker that had the fewest. */
function longestWait(turns: readonly node.Turn[], isMeant: (name: string) => boolean): number {
  const workers = Math.max(...turns.map(({ worker }) => worker)) + 1;
  const counts = times(workers, () => 0);
  const since = new Map<number, readonly number[]>();
  let most = 0;
  for (const { worker, slot, then, name } of turns) {
    const before = since.get(slot);
    if (before !== undefined && isMeant(name)) {
      most = Math.max(most, Math.min(...counts.map((count, i) => count - before[i]!)));
    }
    counts[worker]!++;
    if (then === "ready") since.set(slot, [...counts]);
    else since.delete(slot);
  }
  return most;
}

const EVERY = 61;

for (const flavor of FLAVORS) {
  for (const [tasks, workers] of [
    [20, 1],
    [500, 1],
    [60, 3],
  ] as const) {
    test(`progress: ${tasks} tasks that are always ready all have their turns, on ${workers} workers in ${flavor}`, async () => {
      const pool = built.threads({ workers, flavor, program, trace: 60_000 });
      await pool.ready("tasks");
      const ends = times(tasks, () => pool.spawn(built.low, 10).result);
      await untilTurns(pool, 100 * tasks);
      built.halt[0] = 1;
      await Promise.all(ends);
      // Of workers that write no more: one that goes round while it is read lacks turns.
      const turns = pool.trace("tasks");
      await pool.close();

      assert.is(new Set(turns.map(({ slot }) => slot)).size, tasks);
      assert.ok(longestWait(turns, () => true) <= EVERY * (tasks + 1), `${longestWait(turns, () => true)}`);
    });
  }

  test(`progress: a level of priority keeps no other from its turns, in ${flavor}`, async () => {
    const [lows, highs] = [10, 5];
    const pool = built.threads({ workers: 1, flavor, program, trace: 60_000 });
    await pool.ready("tasks");
    const ends = [
      ...times(lows, () => pool.spawn(built.low, 10).result),
      ...times(highs, () => pool.spawn(built.high, 10).result),
    ];
    await untilTurns(pool, 20_000);
    built.halt[0] = 1;
    await Promise.all(ends);
    const turns = pool.trace("tasks");
    await pool.close();

    const waitOf = (name: string): number => longestWait(turns, (each) => each === name);
    // One low turn between two urgent ones at most; and one for each 33, of each of them.
    assert.ok(waitOf("high") <= 2 * highs, `${waitOf("high")}`);
    assert.ok(waitOf("low") <= 2 * 33 * (lows + 1), `${waitOf("low")}`);
    assert.is(new Set(turns.map(({ slot }) => slot)).size, lows + highs);
  });

  test(`progress: tasks that yield, sleep, spawn and join end beside some that never wait, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const forever = times(20, (i) => pool.spawn(i % 2 === 0 ? built.low : built.high, 10).result);
    const seeds = times(120, (i) => (i * 2654435761) % 2 ** 30);
    assert.equal(await Promise.all(seeds.map((seed) => pool.spawn(built.mixed, seed).result)), seeds);
    built.halt[0] = 1;
    await Promise.all(forever);
    await pool.close();
  });
}

/** What the main thread can see of workers. */
interface Inside {
  readonly tasks_: { readonly table_: TaskTable };
}

interface Look {
  readonly isAsleep: readonly boolean[];
  readonly parks: readonly number[];
  readonly polls: readonly number[];
  readonly ready: readonly number[];
}

function look({ words, parking, counts, workers, deques }: TaskTable): Look {
  const each = (of: (who: number) => number): number[] => times(workers, of);
  return {
    isAsleep: times(workers, (who) => Atomics.load(words, sleepsOn(parking, who)) === SLEEPS_BY),
    parks: each((who) => Atomics.load(words, counts[who]! + PARKS)),
    polls: each((who) => Atomics.load(words, counts[who]! + POLLS)),
    ready: each((who) => lengthOf(deques[who]!)),
  };
}

/** Polls of a worker that holds two ready tasks or more, after which nobody sleeps any more: far less than 5 ms of work. */
const PATIENCE = 2000;

/**
 * Looks at workers while tasks are always ready: how often one slept over many polls of another that held at least two. It had
 * not been woken then, since who wakes it changes its word; a thread that waits for a core does not count.
 */
async function sleepersBesideWork(table: TaskTable, looks: number): Promise<number> {
  let found = 0;
  let first = look(table);
  for (let i = 0; i < looks; i++) {
    await (i % 8 === 0 ? passed(1) : turned());
    const now = look(table);
    const stays = (who: number): boolean =>
      first.isAsleep[who]! && now.isAsleep[who]! && first.parks[who] === now.parks[who];
    const held = (who: number): boolean =>
      first.ready[who]! >= 2 && now.ready[who]! >= 2 && now.polls[who]! - first.polls[who]! >= PATIENCE;
    const isFound = times(table.workers, stays).some(Boolean) && times(table.workers, held).some(Boolean);
    if (isFound) found++;
    // Until somebody wakes, the first look is that of its sleep.
    if (isFound || !times(table.workers, stays).some(Boolean)) first = now;
  }
  return found;
}

async function sleepersOf(flavor: node.Flavor, tasks: number, workers: number): Promise<number> {
  const pool = built.threads({ workers, flavor, program });
  await pool.ready("tasks");
  const all = pool.spawn(built.crowd, tasks, 20).result;
  await untilTurns(pool, 10 * tasks);
  const { table_: table } = (pool as unknown as Inside).tasks_;
  const found = await sleepersBesideWork(table, 4000);
  // This thread may stop between the two words that are read of it.
  assert.ok(Math.min(...times(20, () => countOf(table.injector))) <= tasks);
  built.halt[0] = 1;
  await all;
  while (pool.stats("tasks").inFlight > 0) await passed(1);
  await pool.close();
  return found;
}

for (const flavor of ["workStealing", "globalQueue"] as const) {
  for (const [tasks, workers] of [
    [6, 2],
    [40, 2],
    [40, 4],
  ] as const) {
    test(`balance: of ${workers} workers none sleeps beside ${tasks} tasks that began on one of them, in ${flavor}`, async () => {
      assert.is(await sleepersOf(flavor, tasks, workers), 0);
    });
  }
}

test("where tasks stay with their worker, others are seen to sleep beside them: the check sees", async () => {
  assert.ok((await sleepersOf("threadPerCore", 40, 2)) > 0);
});

test("balance: workers that died are no reason to sleep, and their places take work again", async () => {
  const faults: string[] = [];
  const pool = built.threads({ workers: 3, program, onFault: (error) => faults.push(error.message) });
  await pool.ready("tasks");
  const ends = Promise.allSettled(times(60, () => pool.spawn(built.low, 20).result));
  const { hands_: hands, table_: table } = (
    pool as unknown as {
      tasks_: { hands_: { end(): Promise<unknown>; isReady: boolean }[]; table_: TaskTable };
    }
  ).tasks_;
  for (let round = 0; round < 3; round++) {
    await untilTurns(pool, (round + 1) * 1000);
    await hands[round]!.end();
    while (!hands.every(({ isReady }) => isReady)) await passed(2);
    assert.is(await sleepersBesideWork(table, 500), 0);
  }
  built.halt[0] = 1;
  const lost = (await ends).filter(({ status }) => status === "rejected");
  assert.ok(lost.length <= 3, `${lost.length} were lost`);
  assert.is(faults.length, 3);
  await pool.close();
  assert.match((await rejection(Promise.resolve().then(() => pool.spawn(built.leaf, 1)))).message, /^E405/);
});
