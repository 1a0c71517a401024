// @timeout 120
/** Permits of all threads: nobody has more than there are, nobody waits beside a free one, whoever is cancelled or dies. */
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { rejection } from "../support/rejection.js";
import { buildShared, codeOf, endWorker, times } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as permits from "./programs/permits.js";

const test = suite("threads/semaphore");

const FLAVORS: readonly node.Flavor[] = ["workStealing", "globalQueue", "threadPerCore", "currentThread"];

let built: typeof permits & Pick<typeof node, "threads" | "run" | "SharedSemaphore">;
let program: URL;

test.before(async () => {
  ({ built, program } = await buildShared<typeof built>("permits", ["threads", "run", "SharedSemaphore"]));
});

test("before threads share it, it says so", () => {
  assert.is(
    codeOf(() => built.lock.tryAcquire()),
    "E446",
  );
});

for (const flavor of FLAVORS) {
  test(`nobody meets another one where one may be, or a fourth where three, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const all = [
      ...times(30, () => pool.spawn(built.guarded, 20).result),
      ...times(30, () => pool.spawn(built.patient, 40).result),
    ];
    assert.equal([...new Set(await Promise.all(all))], [0]);
    assert.is(built.lock.available, 1);
    assert.is(built.desks.available, 3);
    await pool.close();
  });
}

test("tasks of the main thread wait for workers, and workers for them", async () => {
  const pool = built.threads({ workers: 2, program });
  const shared = times(20, () => pool.spawn(built.guarded, 20).result);
  const counts: number[] = [];
  const running = built.run(() => undefined);
  running.executor.spawn(built.local, [counts]);
  assert.equal([...new Set(await Promise.all(shared))], [0]);
  while (counts.length < 50) await passed(5);
  assert.equal([...new Set(counts)], [1]);
  while (built.lock.available === 0) await passed(5);
  await pool.close();
});

test("the main thread holds it while all wait; too much is told", async () => {
  const pool = built.threads({ workers: 2, program });
  await pool.spawn(built.once).result;
  assert.is(built.lock.tryAcquire(), true);
  const waiting = times(50, () => pool.spawn(built.once).result);
  await passed(30);
  assert.is(built.lock.tryAcquire(), false);
  built.lock.release();
  assert.is((await Promise.all(waiting)).length, 50);
  assert.is(
    codeOf(() => {
      built.lock.release();
    }),
    "E447",
  );
  assert.is(
    codeOf(() => new built.SharedSemaphore(0)),
    "E121",
  );
  assert.is(
    codeOf(() => new built.SharedSemaphore(1).tryAcquire()),
    "E446",
  );
  await pool.close();
});

test("who is cancelled while it waits takes nothing; who holds it gives it back", async () => {
  const pool = built.threads({ workers: 2, program });
  for (let round = 0; round < 10; round++) {
    const keepers = times(4, () => pool.spawn(built.keeper));
    const waiting = times(20, () => pool.spawn(built.once).result);
    await passed(3);
    const ends = Promise.all(keepers.map(({ result }) => rejection(result)));
    for (const each of keepers) each.cancel();
    await ends;
    assert.is((await Promise.all(waiting)).length, 20);
    assert.is(built.lock.available, 1);
  }
  await pool.close();
});

test("those who wait on a worker that dies wait on, and are served", async () => {
  const pool = built.threads({ workers: 2, program, onFault: () => undefined });
  await pool.spawn(built.once).result;
  for (let round = 0; round < 4; round++) {
    assert.is(built.lock.tryAcquire(), true);
    const waiting = times(40, () => pool.spawn(built.once).result);
    await passed(50);
    await endWorker(pool, round % 2);
    built.lock.release();
    assert.is((await Promise.all(waiting)).length, 40);
    assert.is(built.lock.available, 1);
  }
  await pool.close();
});

test("a permit stays taken when its task dies with its worker, and whoever likes gives it back", async () => {
  const pool = built.threads({ workers: 2, program, hungAfter: 600, onFault: () => undefined });
  const error = await rejection(pool.spawn(built.hog, 1).result);
  assert.is((error as { code?: string }).code, "E403");
  const waiting = times(20, () => pool.spawn(built.once).result);
  await passed(20);
  assert.is(built.lock.available, 0);
  built.lock.release();
  assert.is((await Promise.all(waiting)).length, 20);
  await pool.close();
});
