/** A wait list beside an array. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { makeOp, type Op } from "../../core/op.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../core/sync/wait-list.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/sync/wait-list");

type Step = ["append"] | ["shift"] | ["remove", number];

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.constant(["append"]),
    fc.constant(["shift"]),
    fc.tuple(fc.constant("remove"), below(10)),
  ),
  { maxLength: 60, size: "max" },
);

function forwards(list: WaitList): Op[] {
  const ops: Op[] = [];
  for (let op = list.head_; op !== null; op = op.next_) ops.push(op);
  return ops;
}

function backwards(list: WaitList): Op[] {
  const ops: Op[] = [];
  for (let op = list.tail_; op !== null; op = op.prev_) ops.unshift(op);
  return ops;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

test("links the same operations, both ways, as an array of them holds", () => {
  check(steps, (run) => {
    const list = makeWaitList();
    const twin: Op[] = [];
    for (const [what, which] of run) {
      if (what === "append") {
        const op = makeOp(null as never);
        append(list, op);
        twin.push(op);
      } else if (what === "shift") assert.is(shift(list), twin.shift() ?? null);
      else if (twin.length > 0) {
        const [op] = twin.splice(which % twin.length, 1);
        remove(list, op!);
        assert.equal([op!.next_, op!.prev_], [null, null]);
      }
      assert.ok(isSame(forwards(list), twin) && isSame(backwards(list), twin));
    }
  });
});
