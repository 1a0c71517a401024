/** A signal beside a twin that looks for the oldest waiter each time. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { DONE, IDLE, PENDING, drop, take, type Op } from "../../core/op.js";
import { Signal } from "../../core/sync/signal.js";
import { below, check } from "../support/model.js";
import { startedBy } from "../support/ops.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/sync/signal");

type Step = ["set" | "wait"] | ["take" | "drop", number];

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.constant(["set"]),
    fc.constant(["wait"]),
    fc.tuple(fc.constantFrom("take", "drop"), below(8)),
  ),
  { maxLength: 60, size: "max" },
);

interface Waiter {
  readonly op: Op;
  state: number;
}

class Twin {
  value: number | null = null;
  readonly waiters: Waiter[] = [];

  /** A value is for the oldest waiter, unless somebody was promised it already. */
  offer(): void {
    const isPromised = this.waiters.some((each) => each.state === DONE);
    const oldest = this.waiters.find((each) => each.state === PENDING);
    if (this.value !== null && !isPromised && oldest !== undefined) oldest.state = DONE;
  }

  leave(waiter: Waiter): void {
    this.waiters.splice(this.waiters.indexOf(waiter), 1);
    waiter.state = IDLE;
  }
}

test("gives the latest value, once, to the oldest who waits and is still there", () => {
  check(steps, (run) => {
    const signal = new Signal<number>();
    const twin = new Twin();
    run.forEach(([what, which], i) => {
      const waiter = twin.waiters[which! % Math.max(twin.waiters.length, 1)];
      if (what === "set") {
        signal.set(i);
        twin.value = i;
      } else if (what === "wait") {
        twin.waiters.push({ op: startedBy(() => signal.wait()), state: PENDING });
      } else if (waiter !== undefined && what === "drop") {
        drop(waiter.op);
        twin.leave(waiter);
      } else if (waiter?.state === DONE) {
        assert.is(take(waiter.op), twin.value);
        twin.value = null;
        twin.leave(waiter);
      }
      twin.offer();
      for (const each of twin.waiters) assert.is(each.op.state_, each.state);
      if (waiter !== undefined) assert.is(waiter.op.state_, waiter.state);
    });
  });
});
