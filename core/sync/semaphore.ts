import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DIRECT, DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { direct } from "../scheduler.js";
import { PENDING, complete, finish, type Op } from "../op.js";
import type { Future } from "../types.js";
import { checked } from "./count.js";
import type { Guard } from "./guard.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/** What engines know resources by; ES5's library does not know the word. */
declare const Symbol: { readonly dispose: unique symbol };

/**
 * A number of permits, which tasks take and give back; first come, first served. Who waits for many permits is not
 * overtaken by those who want few: {@link GreedySemaphore} lets them.
 *
 * Layout: a permit is free, or with a task: one that holds it, or one that was woken for it and has not run yet.
 *
 *   |<----------- permits ----------->|
 *   |  with tasks  |      free_       |     waiters_: the oldest wants more than free_
 *
 * Cost: O(1) each, and O(tasks woken) of a release. The guards of each `count` are made at its first use.
 * Interrupts: `tryAcquire` and `release` may be called from anywhere.
 * Cancel: a dropped `acquire` takes nothing; what it was given already goes to those who wait.
 */
export class Semaphore {
  private readonly permits_: number;
  /** @internal */ free_: number;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();
  private readonly guards_: (Permits | undefined)[] = [];

  /**
   * `free` of the permits are there from the start. With `new Semaphore(9, 0)` tasks wait for up to nine releases that
   * are ahead of them: events that are counted.
   *
   * @throws E121 unless `permits` is a whole number of at least 1; E124 unless `free` is one up to that
   */
  constructor(permits: number, free = permits) {
    this.permits_ = checked(permits, "semaphore", "number of permits");
    if (free !== 0) this.check_(free);
    this.free_ = free;
  }

  /** Permits that nobody has. */
  get available(): number {
    return this.free_;
  }

  /** Waits for `count` permits and takes them, all at once. @throws E124 when there never are so many */
  acquire(count = 1): Future<Guard> {
    this.check_(count);
    if (DIRECT && this.mayPass_() && this.free_ >= count) {
      const own = direct();
      if (own !== null) {
        this.free_ -= count;
        finish(own, this.guard_(count));
        return own as unknown as Future<Guard>;
      }
    }
    const op = begin(this, DROPS && dropAcquire, claimAcquire);
    op.at_ = count;
    append(this.waiters_, op);
    this.offer_();
    return op as unknown as Future<Guard>;
  }

  /** Takes `count` permits if nobody waits and they are free now; else null. @throws E124 as {@link acquire} */
  tryAcquire(count = 1): Guard | null {
    this.check_(count);
    if (!this.mayPass_() || this.free_ < count) return null;
    this.free_ -= count;
    return this.guard_(count);
  }

  /** Gives `count` permits back, or adds events that are counted. @throws E123 when more than all would be free, or for no whole number */
  release(count = 1): void {
    if (!(count >= 0) || count % 1 !== 0 || this.free_ + count > this.permits_) {
      fail(
        "E123",
        "semaphore",
        DEV &&
          "of " +
            this.permits_ +
            " permits " +
            this.free_ +
            " are free. " +
            "Give back what was acquired, once, not " +
            count +
            " more",
      );
    }
    this.free_ += count;
    this.offer_();
  }

  /** Whether a `tryAcquire` may be served now. */
  protected mayPass_(): boolean {
    return this.waiters_.head_ === null;
  }

  /** Wakes those for whom there are permits. */
  /** @internal */ offer_(): void {
    for (let op = this.waiters_.head_; op !== null && op.at_ <= this.free_; op = this.waiters_.head_) {
      shift(this.waiters_);
      this.give_(op);
    }
  }

  /** Wakes `op`, which is in no list now, with its permits. */
  protected give_(op: Op): void {
    this.free_ -= op.at_;
    complete(op);
  }

  /** @internal */ guard_(count: number): Permits {
    return this.guards_[count] || this.makeGuard_(count);
  }

  private makeGuard_(count: number): Permits {
    return (this.guards_[count] = new Permits(this, count));
  }

  private check_(count: number): void {
    if (count >= 1 && count <= this.permits_ && count % 1 === 0) return;
    fail(
      "E124",
      "semaphore",
      DEV && count + " permits are not a whole number of 1 to " + this.permits_ + ", which are all",
    );
  }
}

/** So many permits, held. */
class Permits implements Guard {
  constructor(
    private readonly from_: Semaphore,
    private readonly count_: number,
  ) {}

  release(): void {
    this.from_.release(this.count_);
  }

  [Symbol.dispose](): void {
    this.from_.release(this.count_);
  }
}

function claimAcquire(op: Op): unknown {
  return (op.source_ as Semaphore).guard_(op.at_);
}

function dropAcquire(op: Op, state: number): void {
  const semaphore = op.source_ as Semaphore;
  if (state === PENDING) remove(semaphore.waiters_, op);
  else semaphore.free_ += op.at_;
  // One that waits behind it may want less.
  semaphore.offer_();
}
