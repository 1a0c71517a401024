import { DONE } from "../op-states.js";
import { begin } from "../leaf.js";
import { complete, type Op } from "../op.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import type { Future, Ticks } from "../types.js";
import { Alarm } from "./alarm.js";
import { periodOf } from "./period.js";

/**
 * At most one turn in each period: `await limit.turn()` before what must not happen more often. The first turn is free;
 * those who wait have theirs in the order they came.
 *
 * Layout: `next_` is when the next turn may be; more than a period away it is long past, on a clock that wraps. The
 * alarm is set exactly while somebody waits.
 * Cost: O(1), and one sleep for each turn that must wait; allocates nothing after construction.
 * Cancel: the turn of a dropped waiter is the next one's.
 */
export class Throttle {
  private readonly period_: number;
  private next_ = 0;
  private isUsed_ = false;
  private readonly waiters_: WaitList = makeWaitList();
  private readonly alarm_ = new Alarm(this, ring);

  /** @throws E170 unless `period` is whole milliseconds from 1 to 2^30 */
  constructor(period: Ticks) {
    this.period_ = periodOf("throttle", period);
  }

  /** Waits for a turn, and takes it. */
  turn(): Future<void> {
    const op = begin(this, dropTurn, null);
    append(this.waiters_, op);
    this.alarm_.use_(op);
    if (!this.alarm_.isSet_) this.serve_();
    return op as unknown as Future<void>;
  }

  /** @internal Gives who waits longest a turn if it is time, and sets the alarm for who waits then. */
  serve_(): void {
    if (this.waiters_.head_ === null) return;
    const time = this.alarm_.now_();
    let wait = (this.next_ - time) | 0;
    if (!this.isUsed_ || wait <= 0 || wait > this.period_) {
      this.isUsed_ = true;
      this.next_ = (time + this.period_) | 0;
      wait = this.period_;
      complete(shift(this.waiters_)!);
    }
    if (this.waiters_.head_ !== null) this.alarm_.set_(wait);
  }

  /** @internal `op` waits no more. */
  leave_(op: Op): void {
    remove(this.waiters_, op);
    if (this.waiters_.head_ === null) this.alarm_.stop_();
  }
}

function ring(op: Op): void {
  (op.source_ as Throttle).serve_();
}

function dropTurn(op: Op, state: number): void {
  if (state !== DONE) (op.source_ as Throttle).leave_(op);
}
