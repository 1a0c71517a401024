// @timeout 120
/** Channels, locks and the like of all threads: each item once, nobody beside another one, whoever is cancelled or dies. */
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { rejection } from "../support/rejection.js";
import { buildShared, codeOf, endWorker, times, until, untilQuiet } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as sync from "./programs/sync.js";

const test = suite("threads/sync");

const FLAVORS: readonly node.Flavor[] = ["workStealing", "globalQueue", "threadPerCore", "currentThread"];

type Names = "threads" | "run" | "SharedChannel" | "SharedBarrier" | "SharedWatch" | "SharedBlockPool";
let built: typeof sync & Pick<typeof node, Names>;
let program: URL;

test.before(async () => {
  const names: readonly Names[] = [
    "threads",
    "run",
    "SharedChannel",
    "SharedBarrier",
    "SharedWatch",
    "SharedBlockPool",
  ];
  ({ built, program } = await buildShared<typeof built>("sync", names));
});

test("without a pool, it says so", () => {
  assert.is(
    codeOf(() => built.numbers.trySend(1)),
    "E446",
  );
});

test("sizes and values that make no sense are told", async () => {
  assert.is(
    codeOf(() => new built.SharedChannel(0)),
    "E121",
  );
  assert.is(
    codeOf(() => new built.SharedChannel(70_000)),
    "E449",
  );
  assert.is(
    codeOf(() => new built.SharedBarrier(70_000)),
    "E449",
  );
  assert.is(
    codeOf(() => new built.SharedBlockPool(2, 0)),
    "E121",
  );
  assert.is(
    codeOf(() => new built.SharedWatch("no room")),
    "E448",
  );
  const pool = built.threads({ workers: 1, program });
  const send = (value: unknown) => (): unknown => built.orders.trySend(value as never);
  assert.is(codeOf(send({ id: 1, tags: ["a".repeat(300)] })), "E448");
  assert.is(codeOf(send({ id: 1, tags: [() => 1] })), "E448");
  assert.is(
    codeOf(() => built.numbers.trySend("text" as never)),
    "E448",
  );
  assert.is(
    codeOf(() => {
      built.blocks.giveBack(5);
    }),
    "E182",
  );
  assert.is(
    codeOf(() => {
      built.blocks.giveBack(0);
    }),
    "E181",
  );
  assert.is(
    codeOf(() => {
      built.lock.release();
    }),
    "E122",
  );
  assert.is(
    codeOf(() => {
      built.done.countDown(21);
    }),
    "E125",
  );
  await pool.terminate();
});

test("values arrive as they were", async () => {
  const pool = built.threads({ workers: 1, program });
  for (const value of [
    0,
    -0,
    1.5,
    NaN,
    -1,
    2 ** 31,
    2 ** 31 - 1,
    -(2 ** 31),
    Infinity,
    true,
    false,
    undefined,
  ]) {
    assert.is(built.numbers.trySend(value as number), true);
    assert.ok(Object.is(built.numbers.tryReceive(), value), String(value));
  }
  assert.is(built.numbers.tryReceive(), null);
  const order = { id: 7, tags: ["x"] };
  assert.is(built.orders.trySend(order), true);
  const copy = built.orders.tryReceive();
  assert.equal(copy, order);
  assert.is.not(copy, order);
  assert.equal(built.config.value, { gain: 1 });
  assert.is(built.config.value, built.config.value);
  assert.is(built.config.version, 1);
  await pool.terminate();
});

test("shared tasks go over a channel until it is closed and empty", async () => {
  const pool = built.threads({ workers: 2, program });
  const totals = times(3, () => pool.spawn(built.total).result);
  await Promise.all(times(4, (i) => pool.spawn(built.produce, i * 50, 50).result));
  built.numbers.close();
  assert.is(
    (await Promise.all(totals)).reduce((sum, n) => sum + n, 0),
    (200 * 199) / 2,
  );
  await pool.close();
});

for (const flavor of FLAVORS) {
  test(`all that is sent comes once, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const each = 200;
    const sent = times(5, (i) => pool.spawn(built.produce, i * each, each).result);
    const doubled = times(4, () => pool.spawn(built.double).result);
    const sums = times(4, () => pool.spawn(built.sum, (5 * each) / 4).result);
    assert.equal(
      await Promise.all(sent),
      times(5, () => each),
    );
    const total = (await Promise.all(sums)).reduce((sum, n) => sum + n, 0);
    assert.is(total, 5 * each * (5 * each - 1));
    built.numbers.close();
    assert.is(
      (await Promise.all(doubled)).reduce((sum, n) => sum + n, 0),
      5 * each,
    );
    assert.is(built.numbers.trySend(1), false);
    await pool.close();
  });

  test(`nobody meets another one where one may be, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const all = times(30, () => pool.spawn(built.guarded, 20).result);
    assert.equal([...new Set(await Promise.all(all))], [0]);
    assert.is(built.lock.isLocked, false);
    await pool.close();
  });

  test(`parties, races and values, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const led = await Promise.all(times(6, () => pool.spawn(built.party, 50).result));
    assert.is(
      led.reduce((sum, n) => sum + n, 0),
      50,
    );
    const runners = times(20, () => pool.spawn(built.runner).result);
    await passed(5);
    assert.is(built.done.count, 20);
    // Some may come there late.
    for (let left = 20; left > 0; left = built.done.count) {
      built.start.set();
      built.start.reset();
      await passed(1);
    }
    assert.is((await Promise.all(runners)).length, 20);
    const followers = times(5, () => pool.spawn(built.follow).result);
    for (let i = 1; i <= 100; i++) {
      built.level.set(i);
      if (i % 10 === 0) await passed(1);
    }
    await passed(20);
    built.level.set(-1);
    assert.equal([...new Set(await Promise.all(followers))], [100]);
    const gains = times(5, () => pool.spawn(built.gain).result);
    built.config.set({ gain: 1 });
    built.config.set({ gain: 7 });
    assert.equal([...new Set(await Promise.all(gains))], [7]);
    await pool.close();
  });

  test(`blocks are filled there and read here, in ${flavor}`, async () => {
    const pool = built.threads({ workers: 2, flavor, program });
    const bad = times(2, () => pool.spawn(built.checkBlocks, 200).result);
    const filled = times(4, () => pool.spawn(built.fillBlocks, 100).result);
    assert.equal(await Promise.all(filled), [100, 100, 100, 100]);
    assert.equal(await Promise.all(bad), [0, 0]);
    assert.is(built.blocks.available, 5);
    await pool.close();
  });
}

test("waits that are over at once let others run, and lose nothing by that", async () => {
  const pool = built.threads({ workers: 2, program });
  const sums = await Promise.all(times(4, () => pool.spawn(built.quick, 1000).result));
  assert.equal(
    sums,
    times(4, () => 499_500),
  );
  assert.is(built.lock.isLocked, false);
  await pool.close();
});

test("objects come to the main thread as copies, in order", async () => {
  const pool = built.threads({ workers: 2, program });
  const notes: string[] = [];
  const { executor } = built.run(() => undefined);
  executor.spawn(built.clerk, [notes, 40]);
  await pool.spawn(built.ordering, 100, 40).result;
  await until(() => notes.length === 40);
  assert.equal(
    notes,
    times(40, (i) => `${100 + i} a+b${i}`),
  );
  await pool.close();
});

test("who is cancelled while it waits takes nothing, and what it was given goes to others", async () => {
  const pool = built.threads({ workers: 2, program });
  const got: number[] = [];
  const { executor } = built.run(() => undefined);
  executor.spawn(built.collect, [got]);
  const relays = times(10, () => pool.spawn(built.relay));
  const fickle = times(5, () => pool.spawn(built.fickle, 30).result);
  executor.spawn(built.feed, [500]);
  const ends: Promise<Error>[] = [];
  for (const each of relays.slice(0, 6)) {
    await passed(3);
    ends.push(rejection(each.result));
    each.cancel();
  }
  await Promise.all(ends);
  await Promise.all(fickle);
  // Of each that was cancelled, what it had received and not answered yet.
  await until(() => got.length >= 500 - 6);
  await passed(50);
  const missing = 500 - new Set(got).size;
  assert.is(new Set(got).size, got.length, "none came twice");
  assert.ok(missing <= 6, `${missing} of 500 are missing`);
  built.answers.close();
  built.numbers.close();
  await Promise.all(relays.slice(6).map(({ result }) => result));
  await pool.close();
});

test("the lock of who dies with its worker is free, and known to be so", async () => {
  const pool = built.threads({ workers: 2, program, hungAfter: 600, onFault: () => undefined });
  const error = await rejection(pool.spawn(built.hog, 1).result);
  assert.is((error as { code?: string }).code, "E403");
  assert.is(built.lock.isAbandoned, true);
  assert.equal(
    await Promise.all(times(10, () => pool.spawn(built.guarded, 2).result)),
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  );
  assert.is(built.lock.isAbandoned, false);
  await pool.close();
});

test("who has the lock keeps it when its worker dies while it waits", async () => {
  const pool = built.threads({ workers: 2, program, onFault: () => undefined });
  for (let round = 0; round < 4; round++) {
    const keeper = pool.spawn(built.keeper);
    const end = rejection(keeper.result);
    await until(() => built.lock.isLocked);
    const waiting = times(10, () => pool.spawn(built.guarded, 2).result);
    // A task that runs ends with its worker.
    await untilQuiet(pool);
    await endWorker(pool, round % 2);
    await passed(20);
    assert.is(built.lock.isLocked, true);
    assert.is(built.lock.isAbandoned, false);
    keeper.cancel();
    await end;
    assert.is((await Promise.all(waiting)).length, 10);
  }
  await pool.close();
});

test("workers die all the time: no item comes twice, and none is lost but with the task that had it", async () => {
  const pool = built.threads({ workers: 2, program, onFault: () => undefined });
  const got: number[] = [];
  const { executor } = built.run(() => undefined);
  executor.spawn(built.collect, [got]);
  let lost = 0;
  const start = (): Promise<unknown> =>
    pool.spawn(built.relay).result.catch(() => {
      lost++;
      return start();
    });
  const relays = times(8, start);
  const COUNT = 20_000;
  executor.spawn(built.feed, [COUNT]);
  for (let round = 0; round < 8; round++) {
    await passed(20);
    await endWorker(pool, round % 2);
  }
  await until(() => got.length >= COUNT - lost);
  await passed(50);
  assert.is(new Set(got).size, got.length, "none came twice");
  assert.ok(COUNT - got.length <= lost, `${COUNT - got.length} are missing, and ${lost} tasks were lost`);
  built.numbers.close();
  await Promise.all(relays);
  await pool.close();
});

test("those who wait on a worker that dies wait on: for others, and for values", async () => {
  const pool = built.threads({ workers: 2, program, onFault: () => undefined });
  const parties = times(5, () => pool.spawn(built.party, 1).result);
  const followers = times(5, () => pool.spawn(built.follow).result);
  await until(() => built.meeting.waiting === 5);
  built.level.set(1);
  // A task that runs dies with its worker: until all wait.
  await untilQuiet(pool);
  await endWorker(pool, 0);
  await untilQuiet(pool);
  await endWorker(pool, 1);
  built.level.set(2);
  const last = pool.spawn(built.party, 1).result;
  assert.is(
    (await Promise.all([...parties, last])).reduce((sum, n) => sum + n, 0),
    1,
  );
  await passed(20);
  built.level.set(-1);
  assert.equal([...new Set(await Promise.all(followers))], [2]);
  await pool.close();
});
