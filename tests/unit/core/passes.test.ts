import * as assert from "uvu/assert";
import { makePasses } from "../../../core/policies/passes.js";
import type { Policy } from "../../../core/policies/policy.js";
import { suite } from "../../support/suite.js";

const test = suite("core/policies/passes");

/** One pass; `onPoll` may do what tasks do, and says whether the slot is ready again. */
function pass(queue: Policy, onPoll: (slot: number) => boolean = () => false): number[] {
  const slots: number[] = [];
  queue.pass({
    poll_: (slot) => {
      slots.push(slot);
      return onPoll(slot);
    },
  });
  return slots;
}

test("polls a pass in the order of slots, whatever the order of wakes", () => {
  const queue = makePasses(100, () => 0);
  const wakes = [99, 0, 64, 31, 32, 63, 5];

  for (const slot of wakes) queue.add(slot);

  assert.is(queue.length, 7);
  assert.equal(pass(queue), [0, 5, 31, 32, 63, 64, 99]);
  assert.is(queue.length, 0);
});

test("gives every slot its turn, for each of 70 slots alone", () => {
  const queue = makePasses(70, () => 0);
  for (let slot = 0; slot < 70; slot++) {
    queue.add(slot);
    assert.equal(pass(queue), [slot]);
  }
});

test("polls a slot that stays ready once in each pass", () => {
  const queue = makePasses(40, () => 0);
  queue.add(3);
  queue.add(35);

  assert.equal(
    pass(queue, (slot) => slot === 3),
    [3, 35],
  );
  assert.is(queue.length, 1);
  assert.equal(pass(queue), [3]);
});

test("gives what becomes ready during a pass its turn when that is still to come", () => {
  const queue = makePasses(40, () => 0);
  queue.add(3);
  queue.add(35);
  const wake = (slot: number): boolean => {
    if (slot === 3) queue.add(36);
    if (slot === 35) queue.add(4);
    return false;
  };

  assert.equal(pass(queue, wake), [3, 35, 36]);
  assert.equal(pass(queue), [4]);
});

test("goes on after the slot whose poll threw, which stays ready", () => {
  const queue = makePasses(40, () => 0);
  for (const slot of [1, 2, 33]) queue.add(slot);
  const fail = (): never => {
    throw new Error("of the host");
  };

  assert.throws(() => pass(queue, (slot) => slot === 2 && fail()), "of the host");
  assert.equal(pass(queue), [33]);
  assert.equal(pass(queue), [2]);
  assert.is(queue.length, 0);
});

test("has an empty pass when nothing is ready, or there is no slot", () => {
  assert.equal(pass(makePasses(8, () => 0)), []);
  assert.equal(pass(makePasses(0, () => 0)), []);
});
