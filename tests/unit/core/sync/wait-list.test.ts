import * as assert from "uvu/assert";
import { makeOp, type Op } from "../../../../core/op.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../../../core/sync/wait-list.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/sync/wait-list");

function listOf(count: number): { list: WaitList; ops: Op[] } {
  const list = makeWaitList();
  const ops = Array.from({ length: count }, () => makeOp(null as never));
  for (const op of ops) append(list, op);
  return { list, ops };
}

/** Indices of `ops` in the order of the list; read backwards too, which must agree. */
function orderOf(list: WaitList, ops: readonly Op[]): number[] {
  const forwards: number[] = [];
  const backwards: number[] = [];
  for (let op = list.head_; op !== null; op = op.next_) forwards.push(ops.indexOf(op));
  for (let op = list.tail_; op !== null; op = op.prev_) backwards.unshift(ops.indexOf(op));
  assert.equal(forwards, backwards);
  return forwards;
}

test("gives the oldest first, and null when it is empty", () => {
  const { list, ops } = listOf(3);

  assert.equal([shift(list), shift(list), shift(list), shift(list)], [ops[0], ops[1], ops[2], null]);
  assert.equal([list.head_, list.tail_], [null, null]);
});

test("closes the gap when any one leaves", () => {
  for (const leaving of [0, 1, 2, 3]) {
    const { list, ops } = listOf(4);
    const op = ops[leaving] as Op;

    remove(list, op);

    assert.equal(
      orderOf(list, ops),
      [0, 1, 2, 3].filter((i) => i !== leaving),
    );
    assert.equal([op.next_, op.prev_], [null, null]);
  }
});

test("takes one that left back, last", () => {
  const { list, ops } = listOf(3);

  append(list, shift(list) as Op);

  assert.equal(orderOf(list, ops), [1, 2, 0]);
});

test("is empty when its only one left", () => {
  const { list, ops } = listOf(1);

  remove(list, ops[0] as Op);

  assert.equal([list.head_, list.tail_], [null, null]);
});
