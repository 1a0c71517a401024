import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Future } from "../types.js";
import { append, completeAll, makeWaitList, remove, type WaitList } from "./wait-list.js";

/**
 * The latest value, for any number of readers, each of which remembers the version that it has seen:
 *
 *   let seen = 0;
 *   for (;;) {
 *     seen = await temperature.changed(seen);
 *     show(temperature.value);
 *   }
 *
 * Layout: one value, and its version: 1 for the first one, and one more with each `set`, wrapped to 32 bits. A reader
 * misses what was overwritten before it ran, never the latest.
 * Cost: O(1) each, and O(tasks woken) of a `set`; allocates nothing, however many readers there are.
 * Interrupts: `set` may be called from anywhere.
 * Cancel: a dropped `changed` leaves nothing behind.
 */
export class Watch<T> {
  private value_: T;
  private version_ = 1;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  constructor(initial: T) {
    this.value_ = initial;
  }

  /** The latest value. */
  get value(): T {
    return this.value_;
  }

  /** What `changed` is to be given by who wants to know of later values only. */
  get version(): number {
    return this.version_;
  }

  /** Puts `value` in the place of the one before, and wakes all who wait. */
  set(value: T): void {
    this.value_ = value;
    this.version_ = (this.version_ + 1) | 0;
    completeAll(this.waiters_, undefined);
  }

  /** Waits until the version is no longer `seen`, and gives it: that of `value` now. 0 is the version before the first. */
  changed(seen: number): Future<number> {
    const op = begin(this, DROPS && dropChanged, claimVersion);
    if (seen === this.version_) append(this.waiters_, op);
    else complete(op);
    return op as unknown as Future<number>;
  }
}

function claimVersion(op: Op): unknown {
  return (op.source_ as Watch<unknown>).version;
}

function dropChanged(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as Watch<unknown>).waiters_, op);
}
