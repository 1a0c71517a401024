/** The run queue beside two sorted lists. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { makePasses } from "../../core/policies/passes.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/policies/passes");

const MOST_SLOTS = 70;

/** Slots that become ready, and then a pass in which polls wake others and stay ready or not. */
const wake = below(MOST_SLOTS);
const poll = fc.record({ wakes: fc.array(wake, { maxLength: 3 }), stays: fc.boolean() });
const step = fc.record({
  wakes: fc.array(wake),
  polls: fc.array(poll, { maxLength: MOST_SLOTS, size: "max" }),
});
const slots = fc.integer({ min: 1, max: MOST_SLOTS });

/** What is ready: a pass goes up through it once. */
class Twin {
  readonly ready = new Set<number>();

  pass(poll: (slot: number) => boolean): void {
    for (let slot = 0; slot < MOST_SLOTS; slot++) {
      if (this.ready.has(slot) && !poll(slot)) this.ready.delete(slot);
    }
  }
}

test("polls the same slots in the same order, and counts them", () => {
  check(fc.tuple(slots, fc.array(step, { maxLength: 5 })), ([count, run]) => {
    const queue = makePasses(count, () => 0);
    const twin = new Twin();
    for (const { wakes, polls } of run) {
      for (const slot of wakes) {
        queue.add(slot % count);
        twin.ready.add(slot % count);
      }
      const seen = { queue: [] as number[], twin: [] as number[] };
      const polling = (side: "queue" | "twin", add: (slot: number) => void) => (slot: number) => {
        const now = polls[seen[side].push(slot) - 1];
        for (const other of now?.wakes ?? []) if (other % count !== slot) add(other % count);
        return now?.stays ?? false;
      };
      queue.pass({ poll_: polling("queue", (slot) => queue.add(slot)) });
      twin.pass(polling("twin", (slot) => twin.ready.add(slot)));
      assert.equal(seen.queue, seen.twin);
      assert.is(queue.length, twin.ready.size);
    }
  });
});

test("polls every ready slot once in each pass, whoever stays ready", () => {
  check(fc.tuple(slots, fc.array(wake, { minLength: 1 })), ([count, wakes]) => {
    const queue = makePasses(count, () => 0);
    const ready = [...new Set(wakes.map((slot) => slot % count))].sort((a, b) => a - b);
    for (const slot of ready) queue.add(slot);

    for (let passes = 0; passes < 4; passes++) {
      const seen: number[] = [];
      queue.pass({ poll_: (slot) => seen.push(slot) > 0 });
      assert.equal(seen, ready);
    }
  });
});
