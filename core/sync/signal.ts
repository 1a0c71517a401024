import { DROPS } from "../features.js";
import { DONE, PENDING, complete, type Op } from "../op.js";
import { begin } from "../leaf.js";
import type { Future } from "../types.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/**
 * The latest value, for one reader at a time: `set` overwrites, `wait` takes.
 *
 * Layout: one value; `promised_` while a woken waiter has not fetched it yet.
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `set` may be called from anywhere.
 * Cancel: a dropped `wait` leaves the value for the next one.
 */
export class Signal<T> {
  private value_: T | undefined = undefined;
  private full_ = false;
  /** @internal */ promised_ = false;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Puts `value` in place of an earlier one that nobody took, and wakes the oldest waiter. */
  set(value: T): void {
    this.value_ = value;
    this.full_ = true;
    this.offer_();
  }

  /** Waits for a value and takes it. */
  wait(): Future<T> {
    const op = begin(this, DROPS && dropWait, claimWait);
    append(this.waiters_, op);
    this.offer_();
    return op as unknown as Future<T>;
  }

  /** @internal */ offer_(): void {
    if (!this.full_ || this.promised_) return;
    const op = shift(this.waiters_);
    if (op === null) return;
    this.promised_ = true;
    complete(op);
  }

  /** @internal */ claim_(): T {
    const value = this.value_ as T;
    this.full_ = this.promised_ = false;
    this.value_ = undefined;
    return value;
  }
}

function claimWait(op: Op): unknown {
  return (op.source_ as Signal<unknown>).claim_();
}

function dropWait(op: Op, state: number): void {
  const signal = op.source_ as Signal<unknown>;
  if (state === PENDING) remove(signal.waiters_, op);
  if (state !== DONE) return;
  signal.promised_ = false;
  signal.offer_();
}
