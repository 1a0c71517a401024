import * as assert from "uvu/assert";
import { RunQueue } from "../../../core/run-queue.js";
import { suite } from "../../support/suite.js";

const test = suite("core/run-queue");

function drained(queue: RunQueue): number[] {
  const slots: number[] = [];
  for (let slot = queue.next(); slot >= 0; slot = queue.next()) slots.push(slot);
  return slots;
}

test("polls a batch in the order of slots, whatever the order of wakes", () => {
  const queue = new RunQueue(100);
  const wakes = [99, 0, 64, 31, 32, 63, 5];

  for (const slot of wakes) queue.add(slot);

  assert.is(queue.length, 7);
  assert.is(queue.takeBatch(), true);
  assert.equal(drained(queue), [0, 5, 31, 32, 63, 64, 99]);
  assert.is(queue.length, 0);
});

test("gives every slot back, for each of 70 slots alone", () => {
  const queue = new RunQueue(70);
  for (let slot = 0; slot < 70; slot++) {
    queue.add(slot);
    queue.takeBatch();
    assert.equal(drained(queue), [slot]);
  }
});

test("keeps for the next batch what becomes ready during one", () => {
  const queue = new RunQueue(40);
  queue.add(3);
  queue.add(35);
  queue.takeBatch();

  assert.is(queue.next(), 3);
  queue.add(3);
  queue.add(36);

  assert.equal([queue.left, queue.length], [1, 3]);
  assert.equal(drained(queue), [35]);
  assert.is(queue.takeBatch(), true);
  assert.equal(drained(queue), [3, 36]);
});

test("has no batch when nothing is ready", () => {
  const queue = new RunQueue(8);

  assert.is(queue.takeBatch(), false);
  assert.is(queue.next(), -1);
  assert.is(queue.length, 0);
});

test("works without any slot", () => {
  const queue = new RunQueue(0);

  assert.is(queue.takeBatch(), false);
  assert.is(queue.next(), -1);
});
