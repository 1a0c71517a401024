// @timeout 120
/** What tasks join of each other from worker to worker, where words cannot say it: objects, texts and errors. */
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { rejection } from "../support/rejection.js";
import { buildShared } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as results from "./programs/results.js";

const test = suite("threads/results");

type Built = typeof results & Pick<typeof node, "threads">;

interface Given {
  readonly what: number;
}

let built: Built;
let pool: node.Threads;

test.before(async () => {
  const { built: own, program } = await buildShared<Built>("results", ["threads"]);
  built = own;
  pool = built.threads({ workers: 2, program });
});

test.after(() => pool.close());

/** What a task on one worker joins of another one, which ran on `worker`. */
function joined(worker: number, what: number, isLate = false): Promise<unknown> {
  return pool.spawnOn(1 - worker, built.joins, worker, what, isLate).result;
}

for (const isLate of [false, true]) {
  test(`objects and texts come as copies, ${isLate ? "to who asks when all is over" : "to who waits"}`, async () => {
    for (const worker of [0, 1, 0]) {
      assert.equal(await joined(worker, 9, isLate), { what: 9, from: worker, list: [1, [2]] });
      assert.is(await joined(worker, 1, isLate), "a text that no type names");
    }
  });

  test(`errors come with all that belongs to them, ${isLate ? "late" : "in time"}`, async () => {
    const far = await rejection(joined(1, 2, isLate));
    assert.instance(far, RangeError);
    assert.equal([far.message, (far.cause as Error).message], ["too far", "deep"]);
    const own = await rejection(joined(0, 3, isLate));
    assert.equal(
      [own.message, Object.entries(own)],
      ["refused", Object.entries({ code: "E_OWN", at: [1, 2] })],
    );
  });
}

test("one that was there before in the same slot is not taken for it", async () => {
  const ends = [];
  for (const worker of [0, 1, 1, 0, 1]) {
    ends.push(await pool.spawnOn(worker, built.gives, 10 + ends.length).result);
    assert.is(((await joined(worker, 20 + ends.length)) as Given).what, 20 + ends.length);
  }
  assert.equal(
    ends.map((each) => (each as Given).what),
    [10, 11, 12, 13, 14],
  );
});

test("what was spawned and left alone is there when somebody joins it at last", async () => {
  assert.is(((await pool.spawnOn(0, built.forgets, 1).result) as Given).what, 7);
});

test("what cannot be copied is an error that says so", async () => {
  const error = await rejection(joined(1, 4));
  assert.match(
    error.message,
    /^E408 "gives": what it returned cannot be copied to another thread: .*parseInt/,
  );
  const toMain = await rejection(pool.spawn(built.gives, 4).result);
  assert.match(toMain.message, /^E408 "gives": what it returned cannot be copied/);
});

test("fork and join of lists gives the whole list, wherever its parts were made", async () => {
  const lists = await Promise.all([64, 50, 33].map((n) => pool.spawn(built.listOf, n).result));
  assert.equal(
    lists.map((list) => list.join("")),
    [64, 50, 33].map((n) => "1".repeat(n)),
  );
});

test("a task that stays on its thread joins those that do not", async () => {
  assert.equal(await pool.spawn(built.asks).result, [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }]);
});
