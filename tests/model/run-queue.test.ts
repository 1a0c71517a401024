/** The run queue beside two sorted lists. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { RunQueue } from "../../core/run-queue.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/run-queue");

const MOST_SLOTS = 70;

/** A slot that becomes ready, or a poll. */
const steps = fc.array(fc.oneof(below(MOST_SLOTS), fc.constant("poll" as const)), {
  maxLength: 200,
  size: "max",
});
const slots = fc.integer({ min: 1, max: MOST_SLOTS });

/** What is ready, by batch. */
class Twin {
  batch: number[] = [];
  readonly ready = new Set<number>();

  next(): number {
    if (this.batch.length === 0) {
      this.batch = [...this.ready].sort((a, b) => a - b);
      this.ready.clear();
    }
    return this.batch.shift() ?? -1;
  }
}

/** As Executor.turn: a new batch only when the former is done. */
function next(queue: RunQueue): number {
  return queue.left > 0 || queue.takeBatch() ? queue.next() : -1;
}

test("polls the same slots in the same order, and counts them", () => {
  check(fc.tuple(slots, steps), ([count, run]) => {
    const queue = new RunQueue(count);
    const twin = new Twin();
    for (const step of run) {
      if (step === "poll") assert.is(next(queue), twin.next());
      else if (!twin.ready.has(step % count) && !twin.batch.includes(step % count)) {
        queue.add(step % count);
        twin.ready.add(step % count);
      }
      assert.equal([queue.left, queue.length], [twin.batch.length, twin.batch.length + twin.ready.size]);
    }
  });
});

test("polls every ready slot within as many polls as there are slots, whoever wakes itself", () => {
  check(fc.tuple(slots, fc.array(below(MOST_SLOTS), { minLength: 1 })), ([count, wakes]) => {
    const queue = new RunQueue(count);
    const ready = new Set(wakes.map((slot) => slot % count));
    for (const slot of ready) queue.add(slot);
    const since = new Map([...ready].map((slot) => [slot, 0]));

    for (let polls = 1; polls <= 4 * count; polls++) {
      const slot = next(queue);
      assert.ok(polls - since.get(slot)! <= ready.size, `slot ${slot} waited longer than a round`);
      since.set(slot, polls);
      queue.add(slot);
    }
  });
});
