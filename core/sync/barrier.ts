import { DROPS, RACES } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, irrevocable, type Op } from "../op.js";
import type { Future } from "../types.js";
import { checked } from "./count.js";
import { append, completeAll, makeWaitList, remove, type WaitList } from "./wait-list.js";

/**
 * A place where tasks wait for each other: when `parties` of them are there all go on, and the next round begins.
 *
 * Layout: `count_` tasks wait, fewer than `parties_`. The last to come does not wait; it is the leader.
 * Cost: O(1), and O(parties) of the last; allocates nothing.
 * Interrupts: none of it, since only tasks can arrive. To count what interrupts do, take a `Latch` or a `Semaphore`.
 * Cancel: a dropped `wait` has not arrived: the others wait for one more. Once all were there nothing is taken back.
 */
export class Barrier {
  private readonly parties_: number;
  /** @internal */ count_ = 0;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** @throws E121 unless `parties` is a whole number of at least 1 */
  constructor(parties: number) {
    this.parties_ = checked(parties, "barrier", "number of parties");
  }

  /** Tasks that wait. */
  get waiting(): number {
    return this.count_;
  }

  /** Waits until all are there. True for one of them in each round, the leader. */
  wait(): Future<boolean> {
    const op = begin(this, DROPS && dropArrival, null);
    if (this.count_ + 1 < this.parties_) {
      this.count_++;
      append(this.waiters_, op);
    } else {
      this.count_ = 0;
      if (RACES) op.drop_ = irrevocable;
      complete(op, true);
      completeAll(this.waiters_, false);
    }
    return op as unknown as Future<boolean>;
  }
}

function dropArrival(op: Op, state: number): void {
  const barrier = op.source_ as Barrier;
  if (state !== PENDING) return;
  remove(barrier.waiters_, op);
  // A task that waits with two arms leaves one of them when all go on: that is none of the next round.
  if (barrier.count_ > 0) barrier.count_--;
}
