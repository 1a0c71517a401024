// @timeout 120
/** What threads tell of themselves: counts, histograms, the last turns, hooks. */
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { buildShared, until } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as shared from "./programs/shared.js";

const test = suite("threads/observe");

type Built = typeof shared & Pick<typeof node, "threads" | "observeTasks">;

let built: Built;
let program: URL;

test.before(async () => {
  ({ built, program } = await buildShared<Built>("shared", ["threads", "observeTasks"]));
});

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

for (const flavor of ["workStealing", "globalQueue", "threadPerCore", "currentThread"] as const) {
  test(`each turn is counted, measured and kept, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program, measure: true, trace: 100_000 });
    assert.is(pool.stats("tasks").workers, 0);
    await Promise.all(times(20, () => pool.spawn(built.spin, 50).result));
    // A worker writes how long it was busy when it has nothing to do.
    await until(() => pool.stats("tasks").each.every(({ polls, busy }) => polls === 0 || busy > 0));
    const { each, inFlight, settled } = pool.stats("tasks");
    assert.is(inFlight, 0);
    assert.is(settled, 20);
    // A turn for each wait, and the first.
    assert.is(
      each.reduce((sum, { polls }) => sum + polls, 0),
      20 * 51,
    );
    for (const { polls, latency, runTime, busy, steals, stolen, injected } of each) {
      assert.is(latency.count, polls);
      assert.is(runTime.count, polls);
      assert.ok(polls === 0 || busy > 0);
      assert.ok(latency.atMost(0.5) <= latency.atMost(1));
      assert.ok(steals <= stolen);
      if (flavor !== "workStealing") assert.is(steals, 0);
      if (flavor === "globalQueue") assert.is(injected, polls);
    }
    const turns = pool.trace("tasks");
    assert.is(turns.length, 20 * 51);
    assert.is(turns.filter(({ then }) => then === "over").length, 20);
    assert.ok(turns.every(({ begin, end, name }) => begin <= end && name === "spin"));
    // No task has two turns at once, on whichever workers.
    for (let slot = 0; slot < 20; slot++) {
      const own = turns.filter((turn) => turn.slot === turns[0]!.slot + slot);
      assert.ok(own.every((turn, i) => i === 0 || own[i - 1]!.end <= turn.begin));
    }
    await pool.close();
  });
}

test("jobs are counted, measured and kept by their worker", async () => {
  const pool = built.threads({ workers: 2, trace: 10 });
  const work = (): void => {
    for (const end = Date.now() + 5; Date.now() < end;);
  };
  await Promise.all(times(30, (i) => pool.run(work, [], { pin: i % 2 })));
  const { each } = pool.stats();
  assert.equal(
    each.map(({ jobs }) => jobs),
    [15, 15],
  );
  for (const { runTime, latency } of each) {
    assert.is(runTime.count, 15);
    assert.is(latency.count, 15);
    assert.ok(runTime.atMost(1) >= 4, String(runTime.atMost(1)));
  }
  assert.is(pool.trace("cpu").length, 10);
  assert.ok(pool.trace("cpu").every(({ name, begin, end }) => name === "work" && end > begin));
  await pool.close();
});

test("hooks are told of shared tasks on their thread", async () => {
  const told: string[] = [];
  built.observeTasks({
    taskNew: () => told.push("new"),
    taskReady: () => told.push("ready"),
    execBegin: () => told.push("begin"),
    execEnd: (_slot, isReady) => told.push(isReady ? "end, ready" : "end"),
    taskEnd: () => told.push("over"),
  });
  const pool = built.threads({ flavor: "currentThread", program });
  await pool.spawn(built.spin, 1).result;
  built.observeTasks({});
  assert.equal(told, ["new", "ready", "begin", "end, ready", "ready", "begin", "over", "end"]);
  await pool.close();
});

test("without measure and trace there are counts alone", async () => {
  const pool = built.threads({ workers: 1, program });
  await pool.spawn(built.spin, 5).result;
  await pool.run(() => 1);
  const [tasks] = pool.stats("tasks").each;
  assert.is(tasks!.polls, 6);
  assert.is(tasks!.latency.count, 0);
  assert.is(pool.stats().each[0]!.jobs, 1);
  assert.equal([...pool.trace("tasks"), ...pool.trace("cpu")], []);
  await pool.close();
});
