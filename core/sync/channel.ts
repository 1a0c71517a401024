import { DIRECT, DROPS, RACES } from "../features.js";
import { DONE, complete, finish, irrevocable, type Op } from "../op.js";
import { begin } from "../leaf.js";
import { direct } from "../scheduler.js";
import type { Future } from "../types.js";
import { checked } from "./count.js";
import { append, completeAll, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

declare const closed: unique symbol;

/** What `receive` gives once a channel is closed and empty. */
export const CLOSED: typeof closed = { toString: () => "CLOSED" } as unknown as typeof closed;

/**
 * A bounded first-in-first-out queue between tasks, with back-pressure: `send` waits while it is full.
 *
 * Layout: a ring of `capacity` items, the oldest at `head_`. A woken receiver has not fetched its item yet:
 * `promised_` items at the head are spoken for, and go to the next in line when that receiver is dropped.
 *
 *      head_               head_ + count_
 *        | promised_ |        |
 *   [ . [a    b      c    d] . . ]     receivers_ wait only while every item is promised,
 *                                      senders_ only while count_ === capacity
 * Cost: O(1) each; allocates nothing after construction.
 * Interrupts: `trySend` may be called from anywhere.
 * Cancel: a dropped `receive` takes nothing; a dropped `send` that still waits sends nothing.
 */
export class Channel<T> {
  protected readonly items_: (T | undefined)[];
  protected readonly capacity_: number;
  protected head_ = 0;
  protected count_ = 0;
  /** @internal */ promised_ = 0;
  protected closed_ = false;
  /** @internal */ readonly receivers_: WaitList = makeWaitList();
  /** @internal */ readonly senders_: WaitList = makeWaitList();

  /** @throws E121 unless `capacity` is a whole number of at least 1 */
  constructor(capacity: number) {
    this.capacity_ = checked(capacity, "channel");
    this.items_ = new Array<T | undefined>(capacity);
  }

  /** Items that it holds at most. */
  get capacity(): number {
    return this.capacity_;
  }

  /** Items that wait to be received. */
  get length(): number {
    return this.count_;
  }

  /** Waits until there is room and puts `value` last; false when the channel is closed, and nothing was sent. */
  send(value: T): Future<boolean> {
    if (DIRECT && !this.closed_ && this.count_ < this.capacity_) {
      const own = direct();
      if (own !== null) {
        this.put_(value);
        this.offer_();
        finish(own, true);
        return own as unknown as Future<boolean>;
      }
    }
    const op = begin(this, DROPS && dropSend, null);
    if (this.closed_ || this.count_ < this.capacity_) {
      if (RACES && !this.closed_) op.drop_ = irrevocable;
      complete(op, this.trySend(value));
    } else {
      op.value_ = value;
      append(this.senders_, op);
    }
    return op as unknown as Future<boolean>;
  }

  /** Puts `value` last if there is room now; false when full or closed. */
  trySend(value: T): boolean {
    if (this.closed_ || this.count_ === this.capacity_) return false;
    this.put_(value);
    this.offer_();
    return true;
  }

  /** Waits for the oldest item and takes it; {@link CLOSED} once the channel is closed and empty. */
  receive(): Future<T | typeof CLOSED> {
    if (DIRECT && this.receivers_.head_ === null && this.promised_ < this.count_) {
      const own = direct();
      if (own !== null) {
        this.promised_++;
        finish(own, this.claim_());
        return own as unknown as Future<T>;
      }
    }
    const op = begin(this, DROPS && dropReceive, claimReceive);
    if (this.receivers_.head_ === null && this.promised_ < this.count_) {
      this.promised_++;
      complete(op);
    } else {
      append(this.receivers_, op);
      this.offer_();
    }
    return op as unknown as Future<T | typeof CLOSED>;
  }

  /** Lets no more items in. What is inside can still be received; tasks that wait to send get false. */
  close(): void {
    this.closed_ = true;
    completeAll(this.senders_, false);
    this.offer_();
  }

  protected put_(value: T): void {
    // A remainder takes V8 as long as the rest of this.
    const at = this.head_ + this.count_++;
    this.items_[at < this.capacity_ ? at : at - this.capacity_] = value;
  }

  protected takeOut_(): T {
    const value = this.items_[this.head_] as T;
    this.items_[this.head_] = undefined;
    if (++this.head_ === this.capacity_) this.head_ = 0;
    this.count_--;
    return value;
  }

  /** Wakes receivers for items that are not promised yet; all of them once no item can come, nor be given back. */
  /** @internal */ offer_(): void {
    const isOver = this.closed_ && this.count_ === 0;
    while (this.receivers_.head_ !== null && (this.promised_ < this.count_ || isOver)) {
      const op = shift(this.receivers_)!;
      if (isOver) op.claim_ = null;
      else this.promised_++;
      complete(op, CLOSED);
    }
  }

  /** @internal */ claim_(): T {
    const value = this.takeOut_();
    this.promised_--;
    const sender = shift(this.senders_);
    if (sender !== null) {
      this.put_(sender.value_ as T);
      if (RACES) sender.drop_ = irrevocable;
      // Before the item is offered: the task that sends may receive too, in the same select.
      complete(sender, true);
    }
    this.offer_();
    return value;
  }
}

function claimReceive(op: Op): unknown {
  return (op.source_ as Channel<unknown>).claim_();
}

function dropReceive(op: Op, state: number): void {
  const channel = op.source_ as Channel<unknown>;
  if (state !== DONE) remove(channel.receivers_, op);
  else {
    channel.promised_--;
    channel.offer_();
  }
}

function dropSend(op: Op): void {
  remove((op.source_ as Channel<unknown>).senders_, op);
}
