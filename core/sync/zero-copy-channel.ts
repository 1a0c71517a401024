import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Future } from "../types.js";
import { CLOSED } from "./channel.js";
import { checked } from "./count.js";
import { append, completeAll, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/**
 * A bounded queue of slots that are filled and read in place, so that large items are never copied:
 *
 *   const slot = await blocks.reserve();       const block = await blocks.receive();
 *   if (slot === CLOSED) return;               if (block === CLOSED) return;
 *   fill(slot);                                use(block);
 *   blocks.commit();                           blocks.release();
 *
 * One task fills a slot at a time, and one reads one; others wait for their turn. Both may wait meanwhile.
 *
 * Layout: the ring of the slots that it was made with. Nobody else may keep them.
 *
 *        head_                  head_ + count_
 *          |                       |
 *   [ .   lent_   ready   ready   reserved_   . . ]
 *
 *   reserved_, lent_: nobody -> somebody was woken for it -> and runs, and has the slot
 *
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `tryReserve` with `commit`, and `tryReceive` with `release`, may be used anywhere.
 * Cancel: a dropped wait takes nothing. A task that is cancelled while it has a slot gives it back in `finally`: by
 * `abandon`, which does nothing after `commit`, or by `release`.
 */
export class ZeroCopyChannel<T> {
  private head_ = 0;
  private count_ = 0;
  /** @internal */ reserved_ = NOBODY;
  /** @internal */ lent_ = NOBODY;
  private closed_ = false;
  /** @internal */ readonly senders_: WaitList = makeWaitList();
  /** @internal */ readonly receivers_: WaitList = makeWaitList();

  /** @throws E121 unless there is at least one slot */
  constructor(private readonly slots_: readonly T[]) {
    checked(slots_.length, "zero-copy-channel", "number of slots");
  }

  /** Slots that it has. */
  get capacity(): number {
    return this.slots_.length;
  }

  /** Slots that were committed and not released yet. */
  get length(): number {
    return this.count_;
  }

  /** Waits for a free slot, and gives it to be filled; {@link CLOSED} when the channel is closed. */
  reserve(): Future<T | typeof CLOSED> {
    const op = begin(this, DROPS && dropReserve, claimReserve);
    append(this.senders_, op);
    this.offer_();
    return op as unknown as Future<T | typeof CLOSED>;
  }

  /** Gives a free slot if there is one now and nobody fills one; else null. */
  tryReserve(): T | null {
    if (this.closed_ || this.reserved_ !== NOBODY || this.count_ === this.capacity) return null;
    return this.claimReserve_();
  }

  /** Sends the slot that was reserved, filled. @throws E126 when none is */
  commit(): void {
    if (this.reserved_ !== RUNS) fail("E126", "zero-copy-channel", DEV && "no slot is reserved. " + ONCE);
    this.count_++;
    this.abandon();
  }

  /** Gives the slot that was reserved back, unsent; does nothing when none is. */
  abandon(): void {
    if (this.reserved_ !== RUNS) return;
    this.reserved_ = NOBODY;
    this.offer_();
  }

  /** Waits for the oldest slot that was sent, and lends it; {@link CLOSED} once the channel is closed and empty. */
  receive(): Future<T | typeof CLOSED> {
    const op = begin(this, DROPS && dropReceive, claimReceive);
    append(this.receivers_, op);
    this.offer_();
    return op as unknown as Future<T | typeof CLOSED>;
  }

  /** Lends the oldest slot if there is one now and nobody reads one; else null. */
  tryReceive(): T | null {
    if (this.lent_ !== NOBODY || this.count_ === 0) return null;
    return this.claimReceive_();
  }

  /** Gives the slot that was lent back: it is free. @throws E126 when none is lent */
  release(): void {
    if (this.lent_ !== RUNS) fail("E126", "zero-copy-channel", DEV && "no slot is lent. " + ONCE);
    this.lent_ = NOBODY;
    this.head_ = (this.head_ + 1) % this.capacity;
    this.count_--;
    this.offer_();
  }

  /** Lets no more slots be reserved. One that is can still be sent, and what is inside received. */
  close(): void {
    this.closed_ = true;
    this.offer_();
  }

  /** Wakes who can go on: one that would receive, and one that would reserve. */
  /** @internal */ offer_(): void {
    this.offerItem_();
    this.offerSlot_();
  }

  private offerSlot_(): void {
    if (this.closed_) endAll(this.senders_);
    else if (this.reserved_ === NOBODY && this.count_ < this.capacity && this.senders_.head_ !== null) {
      this.reserved_ = WOKEN;
      complete(shift(this.senders_)!);
    }
  }

  private offerItem_(): void {
    if (this.closed_ && this.count_ === 0 && this.reserved_ === NOBODY) endAll(this.receivers_);
    else if (this.lent_ === NOBODY && this.count_ > 0 && this.receivers_.head_ !== null) {
      this.lent_ = WOKEN;
      complete(shift(this.receivers_)!);
    }
  }

  /** @internal */ claimReserve_(): T {
    this.reserved_ = RUNS;
    return this.slots_[(this.head_ + this.count_) % this.capacity] as T;
  }

  /** @internal */ claimReceive_(): T {
    this.lent_ = RUNS;
    return this.slots_[this.head_] as T;
  }
}

/** Who has a slot: nobody; one that was woken for it and has not run yet; one that runs. */
const NOBODY = 0;
const WOKEN = 1;
const RUNS = 2;

const ONCE = "Give each slot back once";

function endAll(list: WaitList): void {
  for (let op = list.head_; op !== null; op = op.next_) op.claim_ = null;
  completeAll(list, CLOSED);
}

function claimReserve(op: Op): unknown {
  return (op.source_ as ZeroCopyChannel<unknown>).claimReserve_();
}

function claimReceive(op: Op): unknown {
  return (op.source_ as ZeroCopyChannel<unknown>).claimReceive_();
}

function dropReserve(op: Op, state: number): void {
  const channel = op.source_ as ZeroCopyChannel<unknown>;
  if (state === PENDING) remove(channel.senders_, op);
  else {
    channel.reserved_ = NOBODY;
    channel.offer_();
  }
}

function dropReceive(op: Op, state: number): void {
  const channel = op.source_ as ZeroCopyChannel<unknown>;
  if (state === PENDING) remove(channel.receivers_, op);
  else {
    channel.lent_ = NOBODY;
    channel.offer_();
  }
}
