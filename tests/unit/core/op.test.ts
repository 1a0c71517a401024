/** Every state of an operation under every function that changes it. */
import * as assert from "uvu/assert";
import { begin } from "../../../core/leaf.js";
import * as ops from "../../../core/op.js";
import { restart } from "../../support/ops.js";
import { suite } from "../../support/suite.js";

const { IDLE, PENDING, DONE, FAILED } = ops;
const NAMES = ["idle", "pending", "done", "failed"];

const test = suite("core/op");

/** An operation in `state` that notes what is called: `drop STATE`, `claim`, `done`. */
function opIn(state: number, claims: boolean): { op: ops.Op; calls: string[] } {
  const calls: string[] = [];
  const op = ops.makeOp(null as never);
  op.drop_ = (_, from) => calls.push(`drop ${NAMES[from] ?? "?"}`);
  op.claim_ = claims ? () => (calls.push("claim"), "claimed") : null;
  op.done_ = () => calls.push("done");
  op.state_ = state;
  op.value_ = "value";
  return { op, calls };
}

test("gives back only what is pending, or done and promised", () => {
  const seen: string[] = [];
  for (const claims of [false, true]) {
    for (const state of [IDLE, PENDING, DONE, FAILED]) {
      const { op, calls } = opIn(state, claims);
      ops.drop(op);
      seen.push(
        `${NAMES[state] ?? ""}${claims ? " promised" : ""}: ${calls.join()} -> ${NAMES[op.state_] ?? "?"}`,
      );
    }
  }

  assert.equal(seen, [
    "idle:  -> idle",
    "pending: drop pending -> idle",
    "done:  -> idle",
    "failed:  -> idle",
    "idle promised:  -> idle",
    "pending promised: drop pending -> idle",
    "done promised: drop done -> idle",
    "failed promised:  -> idle",
  ]);
});

test("tells the waiter once when it is completed, and nobody when nobody waits", () => {
  const { op, calls } = opIn(PENDING, false);
  ops.complete(op, 7);
  assert.equal([op.state_, op.value_, calls], [DONE, 7, ["done"]]);

  const alone = opIn(PENDING, false).op;
  alone.done_ = null;
  ops.complete(alone);
  assert.is(alone.state_, DONE);
});

test("is idle again when its value was taken", () => {
  const { op, calls } = opIn(DONE, false);
  assert.equal([ops.take(op), op.state_, calls], ["value", IDLE, []]);

  const promised = opIn(DONE, true);
  assert.equal([ops.take(promised.op), promised.op.state_, promised.calls], ["claimed", IDLE, ["claim"]]);
});

test("stays done when its value was fetched, and claims it once", () => {
  const { op, calls } = opIn(DONE, true);

  assert.equal([ops.fetch(op), ops.fetch(op), ops.take(op)], ["claimed", "claimed", "claimed"]);
  assert.equal(calls, ["claim"]);
});

test("throws what it failed with, when taken and at every fetch", () => {
  const { op, calls } = opIn(PENDING, true);
  ops.completeWithError(op, new Error("broken"));

  assert.throws(() => ops.fetch(op), "broken");
  assert.throws(() => ops.fetch(op), "broken");
  assert.throws(() => ops.take(op), "broken");
  assert.equal([op.state_, calls], [IDLE, ["done"]]);
});

test("is given up by a new beginning, whatever it was", () => {
  for (const state of [IDLE, PENDING, DONE, FAILED]) {
    const { op, calls } = opIn(state, true);

    restart(op, () => begin("source", ops.keep, null));

    assert.equal(calls, state === PENDING || state === DONE ? [`drop ${NAMES[state] ?? ""}`] : []);
    assert.equal([op.state_, op.source_, op.claim_, op.drop_], [PENDING, "source", null, ops.keep]);
  }
});

test("cannot begin outside a task (E201)", () => {
  assert.throws(
    () => begin(null, ops.keep, null),
    (error: { code: string }) => error.code === "E201",
  );
});
