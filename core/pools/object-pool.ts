import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import { checked } from "../sync/count.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import { nameOfStrand, ownTask } from "../tasks/port.js";
import type { Future } from "../types.js";

/**
 * Objects that are made once, and lent to tasks: no garbage, and no more of them than said. First come, first served.
 *
 *   const frames = new ObjectPool(4, () => new Frame());
 *   const frame = await frames.borrow();
 *   try { ... } finally { frames.giveBack(frame); }
 *
 * Layout: a stack of the numbers of those that are free; the last one that came back goes out next.
 *
 *   free_  [ 2  0  .  . ]      items_[1] and items_[3] are with tasks, or promised to ones that were woken
 *               ^ count_
 * Cost: O(1), but to give back O(objects); allocates nothing after construction.
 * Interrupts: `tryBorrow` and `giveBack` may be called from anywhere.
 * Cancel: a dropped `borrow` takes nothing; what it was given goes to the next one.
 */
export class ObjectPool<T> {
  protected readonly items_: T[] = [];
  /** Development builds: who has each; undefined while nobody does. */
  private readonly holders_: (string | undefined)[] = [];
  private readonly isOut_: boolean[] = [];
  private readonly free_: number[] = [];
  private count_: number;
  /** @internal Those of `count_` that go to tasks which were woken for one. */ promised_ = 0;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Calls `make` for each of `count` objects, now. @throws E121 unless `count` is a whole number of at least 1 */
  constructor(count: number, make: (i: number) => T) {
    this.count_ = checked(count, "pool");
    for (let i = 0; i < count; i++) {
      this.items_.push(make(i));
      this.free_.push(count - 1 - i);
      this.isOut_.push(false);
    }
  }

  /** Objects of the pool. */
  get capacity(): number {
    return this.items_.length;
  }

  /** Objects that nobody has, nor was promised. */
  get available(): number {
    return this.count_ - this.promised_;
  }

  /** Waits for an object that is free. */
  borrow(): Future<T> {
    const op = begin(this, DROPS && dropBorrow, claimBorrow);
    append(this.waiters_, op);
    this.offer_();
    return op as unknown as Future<T>;
  }

  /** An object that is free now; null when there is none. */
  tryBorrow(): T | null {
    return this.available > 0 ? this.take_() : null;
  }

  /** Gives an object back, once. @throws E181 when nobody has it, E182 when it is of no use to this pool */
  giveBack(item: T): void {
    const i = this.indexOf_(item);
    if (i < 0) fail("E182", "pool", DEV && "what is given back is not of this pool. Give back what it lent");
    if (!this.isOut_[i]) {
      fail(
        "E181",
        "pool",
        DEV && "object " + i + " is given back twice. Only who borrowed it gives it back, once",
      );
    }
    this.isOut_[i] = false;
    if (DEV) this.holders_[i] = undefined;
    this.free_[this.count_++] = i;
    this.offer_();
  }

  /**
   * Where nobody should have an object any more: looks for leaks. Allocates only what it throws.
   *
   * @throws E183 when some are out; development builds say which tasks borrowed them
   */
  check(): void {
    const out = this.items_.length - this.count_;
    if (out === 0) return;
    const holders = DEV && this.holders_.filter((each) => each !== undefined).join(", ");
    fail(
      "E183",
      "pool",
      DEV && out + " of " + this.items_.length + " objects are not back. Borrowed by: " + String(holders),
    );
  }

  /** The number of `item`; -1 when it is not of this pool. */
  protected indexOf_(item: T): number {
    return this.items_.indexOf(item);
  }

  /** @internal */ take_(): T {
    const i = this.free_[--this.count_]!;
    this.isOut_[i] = true;
    if (DEV) {
      const task = ownTask();
      this.holders_[i] = task === null ? "no task" : nameOfStrand(task);
    }
    return this.items_[i]!;
  }

  /** Wakes those for whom there is an object. */
  /** @internal */ offer_(): void {
    while (this.waiters_.head_ !== null && this.promised_ < this.count_) {
      this.promised_++;
      complete(shift(this.waiters_)!);
    }
  }
}

function claimBorrow(op: Op): unknown {
  const pool = op.source_ as ObjectPool<unknown>;
  pool.promised_--;
  return pool.take_();
}

function dropBorrow(op: Op, state: number): void {
  const pool = op.source_ as ObjectPool<unknown>;
  if (state === PENDING) {
    remove(pool.waiters_, op);
    return;
  }
  pool.promised_--;
  pool.offer_();
}
