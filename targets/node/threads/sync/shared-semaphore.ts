/** A semaphore of all threads: permits in shared memory (lock-free/semaphore.ts), and who waits on each thread. */
import type { Future } from "../../../../core/index.js";
import { begin } from "../../../../core/leaf.js";
import { DONE, PENDING, complete, type Op } from "../../../../core/op.js";
import type { Region } from "../../../../core/shared/region.js";
import { checked } from "../../../../core/sync/count.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../../../core/sync/wait-list.js";
import { coded } from "../../tool-errors.js";
import {
  SEMAPHORE_WORDS,
  TOO_MANY,
  fill,
  freeOf,
  give,
  takeOrWait,
  takePermit,
} from "../lock-free/semaphore.js";
import { tellThreads } from "../tasks/look.js";
import type { TaskTable } from "../tasks/table.js";
import { Shared, dropShared } from "./shared.js";

/** In a record: it waits, or it has a permit that it has not taken yet. */
const WAITS = 0;
const HAS_ONE = 1;

/**
 * Permits that tasks of all threads take and give back: of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const disk = new SharedSemaphore(2);
 * const save = task(async (block: number) => {
 *   await disk.acquire();
 *   try { await write(block); } finally { disk.release(); }
 * }, { shared: true });
 * ```
 *
 * Tasks of one thread are served in the order in which they came; threads are told at once, and the first that looks is
 * served. A shared task may move on while it waits. A permit belongs to nobody: whoever likes may release it, and one that a
 * worker had, or had just taken for a task that waits there, when it died stays taken until somebody does. {@link SharedMutex} knows
 * its owner.
 *
 * The main thread and its tasks have it as well: of several pools, with the tasks of the one that began last.
 *
 * Cost: a compare-and-set each, and O(threads that wait) of a release; allocates nothing after construction.
 * Cancel: a dropped `acquire` takes nothing; what it was given already goes to those who wait.
 */
export class SharedSemaphore extends Shared {
  private readonly permits_: number;
  /** Of this thread. */
  private readonly waiters_: WaitList = makeWaitList();

  /** @throws E121 unless `permits` is a whole number of at least 1 */
  constructor(permits: number) {
    checked(permits, "semaphore", "number of permits");
    super("semaphore");
    this.permits_ = permits;
  }

  /** Permits that nobody has. @throws E446 as {@link acquire} */
  get available(): number {
    this.find_();
    return freeOf(this.words_, this.at_);
  }

  /** Waits for a permit and takes it. @throws E446 where no threads share it */
  acquire(): Future<void> {
    this.find_();
    const op = begin(this, dropShared, claimAcquire);
    // Nobody is overtaken by a task of its own thread.
    if (this.waiters_.head_ === null && takeOrWait(this.words_, this.at_, this.me_)) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<void>;
  }

  /** Takes a permit if one is free now, and no task of this thread waits. @throws E446 as {@link acquire} */
  tryAcquire(): boolean {
    this.find_();
    return this.waiters_.head_ === null && takePermit(this.words_, this.at_);
  }

  /** Gives a permit back. @throws E447 when all are free, E446 as {@link acquire} */
  release(): void {
    this.find_();
    const told = give(this.words_, this.at_, this.permits_);
    if (told === TOO_MANY) {
      const text = `all of its ${this.permits_} permits are free. Release what was acquired, once`;
      throw coded("E447", "semaphore", text);
    }
    tellThreads(this.table_, told);
  }

  /** @internal */ size_(): number {
    return SEMAPHORE_WORDS;
  }

  /** @internal */ fill_({ words }: TaskTable, at: number): void {
    fill(words, at, this.permits_);
  }

  /** As far as there are permits. */
  protected serve_(): void {
    const { waiters_: waiters, words_: words, at_: at, me_: me } = this;
    while (waiters.head_ !== null && takeOrWait(words, at, me)) complete(shift(waiters)!);
  }

  /** @internal */ bury_(): void {
    // A permit belongs to nobody.
  }

  /** @internal */ drop_(op: Op, state: number): void {
    if (state === PENDING) remove(this.waiters_, op);
    else this.release();
  }

  protected write_(op: Op): number {
    return op.state_ === PENDING ? WAITS : HAS_ONE;
  }

  /** @internal */ left_(op: Op): void {
    if (op.state_ === PENDING) remove(this.waiters_, op);
  }

  protected read_(op: Op, _region: Region, _at: number, own: number): void {
    op.claim_ = claimAcquire;
    if (own === HAS_ONE) op.state_ = DONE;
    else {
      append(this.waiters_, op);
      this.lookSoon_();
    }
  }
}

function claimAcquire(): void {
  // what it gives; a claim all the same, or nobody would be told that it was dropped
}
