import { DIRECT, DROPS } from "../features.js";
import { DONE, PENDING, complete, finish, type Op } from "../op.js";
import { begin } from "../leaf.js";
import { direct } from "../scheduler.js";
import type { Future } from "../types.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/** What a signal has: nothing, a value, or one that a woken waiter was promised and has not fetched yet. */
const EMPTY = 0;
const FULL = 1;
const PROMISED = 2;

/**
 * The latest value, for one reader at a time: `set` overwrites, `wait` takes.
 *
 * Layout: one value; those who wait in a list, which is empty while there is a value that nobody was promised.
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `set` may be called from anywhere.
 * Cancel: a dropped `wait` leaves the value for the next one.
 */
export class Signal<T> {
  private value_: T | undefined = undefined;
  private has_ = EMPTY;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Puts `value` in place of an earlier one that nobody took, and wakes the oldest waiter. */
  set(value: T): void {
    this.value_ = value;
    if (this.has_ !== PROMISED) this.offer_();
  }

  /** Waits for a value and takes it. */
  wait(): Future<T> {
    if (DIRECT && this.has_ === FULL) {
      const own = direct();
      if (own !== null) {
        finish(own, this.claim_());
        return own as unknown as Future<T>;
      }
    }
    const op = begin(this, DROPS && dropWait, claimWait);
    if (this.has_ === FULL) {
      this.has_ = PROMISED;
      complete(op);
    } else append(this.waiters_, op);
    return op as unknown as Future<T>;
  }

  /** @internal Promises the value to the oldest waiter. */
  offer_(): void {
    const op = shift(this.waiters_);
    this.has_ = op === null ? FULL : PROMISED;
    if (op !== null) complete(op);
  }

  /** @internal */ claim_(): T {
    const value = this.value_ as T;
    this.has_ = EMPTY;
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
  if (state === DONE) signal.offer_();
}
