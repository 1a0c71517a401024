import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Future } from "../types.js";
import { append, completeAll, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/**
 * A condition that is or is not: tasks wait until it is set, and all of them go on, also when it is reset before they
 * run. It stays set until `reset`. {@link AutoResetEvent} lets one task through for each `set`.
 *
 * Layout: a flag; who waits, waits only while it is false.
 * Cost: O(1) each, and O(tasks woken) of a `set`; allocates nothing.
 * Interrupts: `set`, `reset` and `isSet` may be used anywhere.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export class Event {
  private set_ = false;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Whether tasks that wait go on at once. */
  get isSet(): boolean {
    return this.set_;
  }

  /** Wakes all who wait; until `reset`, nobody waits any more. */
  set(): void {
    this.set_ = true;
    completeAll(this.waiters_, undefined);
  }

  /** Has tasks that come from now on wait. */
  reset(): void {
    this.set_ = false;
  }

  /** Waits until it is set; not at all if it is. */
  wait(): Future<void> {
    const op = begin(this, DROPS && dropWait, null);
    if (this.set_) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<void>;
  }
}

/**
 * A condition that resets itself: each `set` lets one task through, the oldest that waits, or else the next that comes.
 * It does not count: one `set` while it is set already is lost. To count, use `new Semaphore(most, 0)`.
 *
 * Layout: a flag; true only while nobody waits.
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `set` and `reset` may be called from anywhere.
 * Cancel: a dropped `wait` that was let through already lets the next one through.
 */
export class AutoResetEvent {
  private set_ = false;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Whether the next task that waits goes on at once. */
  get isSet(): boolean {
    return this.set_;
  }

  /** Lets the oldest task that waits go on, or else the next that comes. */
  set(): void {
    const op = shift(this.waiters_);
    if (op === null) this.set_ = true;
    else complete(op);
  }

  /** Takes a `set` back that let nobody through yet. */
  reset(): void {
    this.set_ = false;
  }

  /** Waits for a `set` of its own, and resets it. */
  wait(): Future<void> {
    const op = begin(this, DROPS && dropTurn, nothing);
    if (this.set_) complete(op);
    else append(this.waiters_, op);
    this.set_ = false;
    return op as unknown as Future<void>;
  }
}

function nothing(): void {
  // what a wait gives; a claim all the same, or nobody would be told that it was dropped
}

function dropWait(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as Event).waiters_, op);
}

function dropTurn(op: Op, state: number): void {
  const event = op.source_ as AutoResetEvent;
  if (state === PENDING) remove(event.waiters_, op);
  else event.set();
}
