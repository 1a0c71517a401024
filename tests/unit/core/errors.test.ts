/** Errors by code that no other file of this folder raises. docs/messages.md has their whole texts. */
import * as assert from "uvu/assert";
import { Executor, cancel, snapshot, spawn, task, type Instant, type TaskId } from "../../../core/index.js";
import { startedBy } from "../../support/ops.js";
import { sleep } from "../../../core/time/sleep.js";
import { suite } from "../../support/suite.js";

const test = suite("core: errors");
const platform = { now: () => 0 as Instant, setAlarm: () => undefined, pend: () => undefined };
/** As an uncompiled async function: its call begins nothing. */
const nothing = (): PromiseLike<void> => ({ body_: () => undefined }) as never;

const small = task(nothing, { pool: 2 });

const text = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    assert.is(message.slice(0, 4), code);
    return message;
  }
  return "nothing thrown";
};

test("E111: a pool is a whole number of at least 1", () => {
  for (const pool of [0, -1, 1.5, NaN, Infinity]) {
    assert.match(
      text(() => task(nothing, { pool })),
      /^E111 "nothing": a pool of \S+ is not a whole number/,
    );
  }
});

test("E112: an arena has room for all kinds, and no more slots than ids can name", () => {
  assert.match(
    text(() => new Executor(platform, { tasks: 1 })),
    /^E112 "nothing": arena: 1 slots, 0 of them in use, .* 2\./,
  );
  assert.match(
    text(() => new Executor(platform, { tasks: 1048577 })),
    /^E112 "tasks": 1048577 slots are more than 1048576/,
  );
  assert.is(new Executor(platform, { tasks: 1048576 }).arena.slots, 1048576);
});

test("E113: kinds are declared before the executor", () => {
  const executor = new Executor(platform);
  const late = task(nothing);
  assert.match(
    text(() => executor.spawn(late, [])),
    /^E113 "nothing": was declared after/,
  );
  assert.equal(snapshot(executor), []);
});

test("E202: tasks are started and cancelled where an executor runs", () => {
  assert.match(
    text(() => spawn(small)),
    /^E202 "nothing": spawn\(\) needs a running executor/,
  );
  assert.match(
    text(() => {
      cancel(1 as TaskId);
    }),
    /^E202 "task 1": cancel\(\) needs a running executor/,
  );
});

test("E203: a delay is a number", () => {
  for (const delay of [NaN, undefined, "soon", {}]) {
    assert.match(
      text(() => startedBy(() => sleep(delay as never))),
      /^E203 "sleep": .* is no number of milliseconds/,
    );
  }
});

test("E118: a task whose function the engine runs itself is not compiled", async () => {
  const plain = task(async () => Promise.reject(new Error("ran")), { name: "plain" });
  const executor = new Executor(platform);
  for (let i = 0; i < 2; i++) {
    assert.match(
      text(() => executor.spawn(plain, [])),
      /^E118 "plain": is not compiled\./,
    );
  }
  // What it rejects is nobody else's business.
  await new Promise(setImmediate);
});
