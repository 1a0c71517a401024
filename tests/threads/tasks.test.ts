// @timeout 240
/**
 * Shared tasks on real workers: in each flavour they do what they do alone, wherever they go on after a wait; and when
 * workers die, each ends once or goes on.
 */
import { setTimeout as passed } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { buildShared, endWorker, times } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import { rejection } from "../support/rejection.js";
import type * as shared from "./programs/shared.js";

const test = suite("threads/tasks");

const FLAVORS: readonly node.Flavor[] = ["workStealing", "globalQueue", "threadPerCore", "currentThread"];

type Built = typeof shared & Pick<typeof node, "threads">;

let built: Built;
let program: URL;

test.before(async () => {
  ({ built, program } = await buildShared<Built>("shared", ["threads"]));
});

interface Pool {
  readonly threads: node.Threads;
  readonly faults: string[];
}

async function withThreads(
  flavor: node.Flavor,
  body: (pool: Pool) => Promise<void>,
  workers = 2,
): Promise<string[]> {
  const faults: string[] = [];
  const threads = built.threads({
    ...{ workers, flavor, program },
    onFault: (error) => faults.push(error.message),
  });
  await body({ threads, faults });
  await threads.close();
  return faults;
}

for (const flavor of FLAVORS) {
  test(`tasks that yield, sleep, fork and join give what they do alone, in ${flavor}`, async () => {
    const faults = await withThreads(flavor, async ({ threads }) => {
      const { spin, nap, fib, isOdd, watcher } = built;
      const spun = times(200, (i) => threads.spawn(spin, i).result);
      const napped = times(200, (i) => threads.spawn(nap, i % 20, 1).result);
      const watched = times(4, () => threads.spawn(watcher).result);
      assert.is(await threads.spawn(fib, 24, 14).result, 46368);
      assert.equal(
        await Promise.all(spun),
        times(200, (n) => (n * (n - 1)) / 2),
      );
      assert.equal(
        await Promise.all(napped),
        times(200, (n) => n % 20),
      );
      assert.equal(await Promise.all(watched), [311, 311, 311, 311]);
      assert.equal(await Promise.all([1, 2].map((n) => threads.spawn(isOdd, n).result)), [true, false]);
    });
    // What a task catches is nobody else's.
    assert.equal(faults, []);
  });

  test(`a task is cancelled wherever it is, and cleans up, in ${flavor}`, async () => {
    await withThreads(flavor, async ({ threads }) => {
      const all = times(30, (i) => threads.spawn(built.endless, i % 2 === 0));
      const ends = Promise.all(all.map(({ result }) => rejection(result)));
      all[0]!.cancel();
      await passed(20);
      for (const each of all) each.cancel();
      assert.equal([...new Set((await ends).map((each) => (each as { code?: string }).code))], ["E402"]);
    });
  });

  test(`tasks that yield for ever keep no other from its end, in ${flavor}`, async () => {
    await withThreads(
      flavor,
      async ({ threads }) => {
        const forever = times(50, () => threads.spawn(built.endless, true));
        const ends = Promise.all(forever.map(({ result }) => rejection(result)));
        assert.is(await threads.spawn(built.spin, 100).result, 4950);
        assert.is(await threads.spawn(built.nap, 5, 1).result, 5);
        assert.is(await threads.spawn(built.fib, 16, 10).result, 987);
        for (const each of forever) each.cancel();
        await ends;
      },
      1,
    );
  });
}

test("work that begins on one worker spreads to all", async () => {
  await withThreads("workStealing", async ({ threads }) => {
    await threads.ready("tasks");
    const shareOfLess = (): number => Math.min(...threads.polls) / threads.polls.reduce((a, b) => a + b, 0);
    // A worker that waits for a core takes none. theorems.test.ts has what does not depend on that.
    for (let rounds = 0; rounds < 20 && !(shareOfLess() > 0.05); rounds++)
      await Promise.all(times(300, () => threads.spawn(built.spin, 1000).result));
    assert.ok(shareOfLess() > 0.05, `${threads.polls.join(" and ")} polls`);
  });
});

test("what a task throws rejects its promise, and is told where nobody waits", async () => {
  const faults = await withThreads("workStealing", async ({ threads }) => {
    const error = await rejection(threads.spawn(built.fails, 3).result);
    assert.ok(error instanceof RangeError);
    assert.is(error.message, "no 3");
    const { result } = threads.spawn(built.fails, 0);
    assert.equal(await Promise.all([result]), [undefined]);
  });
  assert.equal(faults, []);
});

test("mistakes are told at once, by code", async () => {
  const pool = built.threads({ workers: 1, program });
  const { isOdd, local } = built;
  const code = (spawn: () => unknown): unknown => {
    try {
      spawn();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return "none";
  };
  assert.is(
    code(() => pool.spawn(local, ["a"])),
    "E404",
  );
  const four = times(4, () => pool.spawn(isOdd, 1).result);
  assert.is(
    code(() => pool.spawn(isOdd, 1)),
    "E101",
  );
  await Promise.all(four);
  await pool.close();
  assert.is(
    code(() => pool.spawn(isOdd, 1)),
    "E405",
  );
  assert.is(
    code(() => built.threads({ flavor: "fastest" as node.Flavor, program })),
    "E420",
  );
});

for (const flavor of ["workStealing", "globalQueue", "threadPerCore"] as const) {
  test(`when workers die, each task goes on or fails once, in ${flavor}`, async () => {
    const faults = await withThreads(flavor, async ({ threads }) => {
      const { spin, nap, fib } = built;
      for (let round = 0; round < 3; round++) {
        const ends = Promise.allSettled([
          ...times(150, () => threads.spawn(spin, 2000).result),
          ...times(150, () => threads.spawn(nap, 60, 2).result),
          threads.spawn(fib, 30, 22).result,
        ]);
        await passed(30 + 20 * round);
        await endWorker(threads, round % 2);
        const lost = (await ends).filter((each) => each.status === "rejected");
        const codes = new Set(lost.map(({ reason }) => (reason as { code?: string }).code));
        assert.ok(
          [...codes].every((each) => each === "E403" || each === "E408"),
          lost.map(({ reason }) => `${String(reason)} ${codes.size}`).join("; "),
        );
        // The one that ran, and those of the fork that waited for others there.
        assert.ok(lost.length <= 2, `${lost.length} tasks were lost`);
      }
      // Every slot is there again.
      assert.is(
        (await Promise.all(times(300, () => threads.spawn(spin, 3).result))).join(),
        times(300, () => 3).join(),
      );
      assert.is((await Promise.all(times(300, () => threads.spawn(nap, 1, 1).result))).length, 300);
    });
    assert.is(faults.filter((each) => each.startsWith("E406")).length, 3);
  });
}

test("a task that hangs is ended with its worker, and others go on", async () => {
  const faults: string[] = [];
  const pool = built.threads({
    ...{ workers: 2, program, hungAfter: 1000 },
    onFault: (error) => faults.push(error.message),
  });
  const hanging = rejection(pool.spawn(built.hangs, 1).result);
  const others = times(50, () => pool.spawn(built.nap, 100, 5).result);
  assert.is(((await hanging) as { code?: string }).code, "E403");
  assert.is((await Promise.all(others)).length, 50);
  assert.is((await Promise.all(times(300, () => pool.spawn(built.spin, 3).result))).length, 300);
  await pool.close();
  assert.match(
    faults.join(),
    /^E406 "worker \d": ended by a task that kept it from going on for 1000 ms, and is replaced$/,
  );
});

test("where no worker can start, each task rejects, and no other time is lost", async () => {
  const pool = built.threads({
    ...{ workers: 2, program: pathToFileURL("/no/such/program.mjs") },
    onFault: () => undefined,
  });
  const spawned = times(4, () => rejection(pool.spawn(built.isOdd, 1).result));
  const codes = (await Promise.all(spawned)).map((each) => (each as { code?: string }).code);
  assert.equal(codes, ["E409", "E409", "E409", "E409"]);
  await pool.close();
});

test("a shared task cannot be paused, restarted or reserved: an error says so", async () => {
  await withThreads("workStealing", async ({ threads }) => {
    const verbs = ["pause", "resume", "restart", "reserve"];
    const errors = verbs.map((_, what) => rejection(threads.spawn(built.meddle, what).result));
    const words = (await Promise.all(errors)).map(
      (error) => /^E452 "\w*": .* and (\w+)\(\) is not/.exec(error.message)?.[1],
    );
    assert.equal(words, verbs);
  });
});
