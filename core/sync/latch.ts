import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Future } from "../types.js";
import { checked } from "./count.js";
import { append, completeAll, makeWaitList, remove, type WaitList } from "./wait-list.js";

/**
 * A count that goes down to zero, once: tasks wait until so many things have happened.
 *
 * Layout: a count; who waits, waits only while it is above zero.
 * Cost: O(1) each, and O(tasks woken) of the last `countDown`; allocates nothing.
 * Interrupts: `countDown` may be called from anywhere.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export class Latch {
  private count_: number;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** @throws E121 unless `count` is a whole number of at least 1 */
  constructor(count: number) {
    this.count_ = checked(count, "latch", "count");
  }

  /** Things that have not happened yet. */
  get count(): number {
    return this.count_;
  }

  /** Says that `by` things happened. @throws E125 when that is more than the count that is left */
  countDown(by = 1): void {
    if (!(by >= 0) || by % 1 !== 0 || by > this.count_) {
      fail("E125", "latch", DEV && "counted down by " + by + ", and " + this.count_ + " are left");
    }
    this.count_ -= by;
    if (this.count_ === 0) completeAll(this.waiters_, undefined);
  }

  /** Waits until the count is zero; not at all if it is. */
  wait(): Future<void> {
    const op = begin(this, DROPS && dropWait, null);
    if (this.count_ === 0) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<void>;
  }
}

function dropWait(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as Latch).waiters_, op);
}
