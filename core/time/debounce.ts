import { DONE } from "../op-states.js";
import { begin } from "../leaf.js";
import { complete, type Op } from "../op.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import type { Future, Ticks } from "../types.js";
import { Alarm } from "./alarm.js";
import { periodOf } from "./period.js";

/**
 * The last of several values that come close together: `settled` gives it once nothing was set for `quiet`.
 *
 *   set     a b  c                  d
 *                |<--- quiet --->|  |<--- quiet --->|
 *   settled                      c                  d
 *
 * Layout: the latest value, `isSet_` until it is given; `promised_` while a woken waiter has not fetched it.
 * The alarm is set exactly while there is a value and somebody waits; it looks whether more came meanwhile.
 * Cost: O(1), one sleep for each stretch of `quiet`; allocates nothing after construction.
 * Interrupts: `set` may be called from anywhere. What is set before anybody waits counts from then.
 * Cancel: a dropped `settled` leaves the value for the next one.
 */
export class Debounce<T> {
  private readonly quiet_: number;
  private value_: T | undefined = undefined;
  private isSet_ = false;
  private promised_ = false;
  private changedAt_ = 0;
  private isStamped_ = false;
  private readonly waiters_: WaitList = makeWaitList();
  private readonly alarm_ = new Alarm(this, ring);

  /** @throws E170 unless `quiet` is whole milliseconds from 1 to 2^30 */
  constructor(quiet: Ticks) {
    this.quiet_ = periodOf("debounce", quiet);
  }

  /** Puts `value` in the place of one that was not given yet; the quiet time begins again. */
  set(value: T): void {
    this.value_ = value;
    this.isSet_ = true;
    this.isStamped_ = false;
    if (this.alarm_.hasClock_) this.stamp_();
    this.offer_();
  }

  /** Waits until nothing was set for the quiet time, and takes the last value. */
  settled(): Future<T> {
    const op = begin(this, dropSettled, claimSettled);
    append(this.waiters_, op);
    this.alarm_.use_(op);
    if (!this.isStamped_) this.stamp_();
    this.offer_();
    return op as unknown as Future<T>;
  }

  private stamp_(): void {
    this.isStamped_ = true;
    this.changedAt_ = this.alarm_.now_();
  }

  /** @internal Wakes who waits longest if it has been quiet; else has the alarm ring when it may have been. */
  offer_(): void {
    if (!this.isSet_ || this.promised_ || this.alarm_.isSet_ || this.waiters_.head_ === null) return;
    const wait = (this.changedAt_ + this.quiet_ - this.alarm_.now_()) | 0;
    if (wait > 0 && wait <= this.quiet_) this.alarm_.set_(wait);
    else {
      this.promised_ = true;
      complete(shift(this.waiters_)!);
    }
  }

  /** @internal */ claim_(): T {
    const value = this.value_ as T;
    this.value_ = undefined;
    this.isSet_ = this.promised_ = false;
    return value;
  }

  /** @internal `op`, which was in `state`, waits no more. */
  leave_(op: Op, state: number): void {
    if (state === DONE) this.promised_ = false;
    else remove(this.waiters_, op);
    if (this.waiters_.head_ === null) this.alarm_.stop_();
    this.offer_();
  }
}

function ring(op: Op): void {
  (op.source_ as Debounce<unknown>).offer_();
}

function claimSettled(op: Op): unknown {
  return (op.source_ as Debounce<unknown>).claim_();
}

function dropSettled(op: Op, state: number): void {
  (op.source_ as Debounce<unknown>).leave_(op, state);
}
