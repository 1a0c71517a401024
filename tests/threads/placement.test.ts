// @timeout 120
/** Where shared tasks and jobs run, and in which order: pinned, urgent, and asked for by those that run. */
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { rejection } from "../support/rejection.js";
import { buildShared, times } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as placement from "./programs/placement.js";

const test = suite("threads/placement");

type Built = typeof placement & Pick<typeof node, "threads" | "spawnOn" | "currentWorker" | "currentJob">;

let built: Built;
let program: URL;

test.before(async () => {
  const names = ["threads", "spawnOn", "currentWorker", "currentJob"];
  ({ built, program } = await buildShared<Built>("placement", names));
});

const FLAVORS = ["workStealing", "globalQueue", "threadPerCore"] as const;
const codeOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return "none";
};

for (const flavor of FLAVORS) {
  test(`a pinned task runs on its worker at each step, also one that others have spawned, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 3, flavor, program });
    built.places.fill(-5);
    const ends = await Promise.all(times(60, (i) => pool.spawnOn(i % 3, built.stays, i).result));
    assert.equal(
      ends,
      times(60, (i) => i % 3),
    );
    for (let id = 0; id < 60; id++) {
      const steps = [...built.places.slice(id * 20, id * 20 + 20)];
      assert.equal(
        steps,
        times(20, () => id % 3),
        `task ${id}`,
      );
    }
    const forked = times(9, (i) => pool.spawn(built.forks, i % 3, i).result);
    assert.equal(
      await Promise.all(forked),
      times(9, (i) => i % 3),
    );
    await pool.close();
  });

  test(`urgent tasks go first, and others are not forgotten, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 1, flavor, program });
    built.order.fill(0);
    await pool.spawn(built.race, 5, 2, 60).result;
    const ran = [...built.order.slice(1, 1 + built.order[0]!)];
    assert.is(ran.length, 7 * 60);
    const urgentEnd = ran.lastIndexOf(101);
    const lows = ran.slice(0, urgentEnd).filter((id) => id < 100).length;
    // One low turn after each 32 urgent ones, 120 in all.
    assert.ok(lows >= 2 && lows <= 6, `${lows} turns of others before the last urgent one`);
    await pool.close();
  });
}

test("a pinned task of a worker that died goes on with the one that takes its place", async () => {
  const faults: string[] = [];
  const pool = built.threads({ workers: 2, program, onFault: (error) => faults.push(error.message) });
  const all = times(40, (i) => pool.spawnOn(i % 2, built.stays, i));
  await passed(5);
  const { tasks_: tasks } = pool as unknown as {
    tasks_: { hands_: { end(): Promise<unknown>; isReady: boolean }[] };
  };
  while (tasks.hands_[1]?.isReady !== true) await passed(5);
  await tasks.hands_[1].end();
  const ends = await Promise.allSettled(all.map(({ result }) => result));
  const lost = ends.filter(({ status }) => status === "rejected");
  assert.ok(lost.length <= 1, `${lost.length} were lost`);
  const values = ends.flatMap((end, i) => (end.status === "fulfilled" ? [end.value === i % 2] : []));
  assert.ok(values.every(Boolean));
  assert.is(faults.length, 1);
  await pool.close();
});

test("a shared task has jobs done by calling the pool that its program makes", async () => {
  const pool = built.threads({ workers: 2, program });
  assert.equal(
    await Promise.all(times(20, (i) => pool.spawn(built.asks, i).result)),
    times(20, (i) => 2 * i + 1),
  );
  assert.is(await pool.spawn(built.asksInVain).result, "no number".length);
  await pool.close();
});

test("a task is woken by what happens right after a poll that took all of its thread's time", async () => {
  const pool = built.threads({ workers: 1, program });
  // The first one waits for the worker of its job to start, the second one's answer is there when it has worked.
  for (let n = 0; n < 2; n++) assert.is(await pool.spawn(built.worksOn, n).result, n + 1);
  await pool.close();
});

test("a pinned job runs on its worker, whatever the others do", async () => {
  const pool = built.threads({ workers: 3 });
  const where = async (library: string): Promise<number> =>
    ((await import(library)) as typeof node).currentWorker();
  const args: [string] = [program.href];
  const pinned = times(90, (i) => pool.run(where, args, { pin: i % 3 }));
  const free = times(90, () => pool.run(where, args));
  assert.equal(
    await Promise.all(pinned),
    times(90, (i) => i % 3),
  );
  assert.ok((await Promise.all(free)).every((worker) => worker >= 0 && worker < 3));
  // Its worker dies; the next one in its place has what waits.
  const ends = [pool.run(() => process.exit(1), [], { pin: 1 }), pool.run(where, args, { pin: 1 })];
  const [died, next] = await Promise.allSettled(ends);
  assert.is(died!.status, "rejected");
  assert.equal(next, { status: "fulfilled", value: 1 });
  const aborted = new AbortController();
  const waiting = pool.run(where, args, { pin: 2, signal: aborted.signal });
  aborted.abort(new Error("enough"));
  assert.is((await rejection(waiting)).message, "enough");
  for (const pin of [3, -1, 0.5, NaN]) {
    assert.is(await codeOf(() => pool.run(where, args, { pin })), "E420");
  }
  await pool.close();
});

test("a job runs others of its pool and waits for them, with one worker too", async () => {
  for (const workers of [1, 2]) {
    const pool = built.threads({ workers });
    const module = pathOfJobs();
    assert.is(await pool.run<number>({ module, export: "fib" }, [12]), 144);
    assert.is(await pool.run<string>({ module, export: "asksInVain" }, []), "RangeError: no 3");
    const controller = new AbortController();
    const long = pool.run({ module, export: "asksForLong" }, [], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 50);
    assert.is((await rejection(long)).message, "enough");
    assert.is(await pool.run((x: number) => x, [7]), 7);
    while (pool.stats().inFlight > 0) await passed(5);
    await pool.close();
  }
});

function pathOfJobs(): string {
  return new URL(`file://${DORMOUSE_ROOT}/tests/threads/programs/nested.mjs`).href;
}

test("mistakes about places are told by code", async () => {
  const pool = built.threads({ workers: 2, program });
  for (const worker of [2, -1, 0.5]) {
    assert.is(await codeOf(() => pool.spawnOn(worker, built.stays, 0)), "E420");
  }
  assert.is(await codeOf(() => built.spawnOn(0, built.stays, 0)), "E451");
  assert.is(built.currentWorker(), -1);
  await pool.close();
});
