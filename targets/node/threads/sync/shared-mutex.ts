/** A lock of all threads: who has it is in shared memory (lock-free/owner.ts), and who waits on each thread. */
import type { Future } from "../../../../core/index.js";
import { begin } from "../../../../core/leaf.js";
import { DONE, PENDING, complete, type Op } from "../../../../core/op.js";
import type { Region } from "../../../../core/shared/region.js";
import { failUnlocked, type Guard } from "../../../../core/sync/guard.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../../../core/sync/wait-list.js";
import { ownTask } from "../../../../core/tasks/port.js";
import * as owners from "../lock-free/owner.js";
import { waitFor } from "../lock-free/waiting.js";
import { Shared, dropShared } from "./shared.js";

/** In a record: it waits; it was given the lock; it waits for the lock that its task has. */
const WAITS = 0;
const HAS_IT = 1;
const WAITS_FOR_ITSELF = 2;

/**
 * A lock that one task of all threads has at a time, over awaits too: of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const disk = new SharedMutex();
 * const save = task(async (block: number) => {
 *   await disk.lock();
 *   try {
 *     await write(block);
 *   } finally {
 *     disk.release();
 *   }
 * }, { pool: 64, shared: true });
 * ```
 *
 * Tasks of one thread are served in the order in which they came; of several threads the first that looks. A shared task may move
 * on while it waits, and while it has the lock. When it dies with its worker, the lock is free, and {@link isAbandoned} until
 * the next owner has released it: what it protects may be half done.
 *
 * Cost: a compare-and-set each, and O(threads that wait) of a release; allocates nothing after construction.
 * Cancel: a dropped `lock` takes nothing; a lock that it was given already goes to those who wait. A task that is cancelled while
 * it has the lock releases it in `finally`, or by `using` where it is not `shared`: a guard that lives over an await pins its task.
 */
export class SharedMutex extends Shared implements Guard {
  /** Of this thread. */
  private readonly waiters_: WaitList = makeWaitList();
  /** Which task of this thread has it, where that is no shared one. */
  private holder_: unknown = null;

  constructor() {
    super("mutex");
  }

  /** Whether a task has it. @throws E446 where no threads share it */
  get isLocked(): boolean {
    this.find_();
    return owners.ownerOf(this.words_, this.at_) !== 0;
  }

  /** Whether the last owner died with its worker: true until the next one has released the lock. @throws E446 */
  get isAbandoned(): boolean {
    this.find_();
    return owners.isAbandoned(this.words_, this.at_);
  }

  /** Waits for the lock. A task that has it already waits for itself. @throws E446 where no threads share it */
  lock(): Future<SharedMutex> {
    this.find_();
    const op = begin(this, dropShared, claimLock);
    op.rest_ = WAITS;
    // Nobody is overtaken by a task of its own thread.
    if (this.waiters_.head_ === null && this.lockOrWait_(this.ownerOf_(op.strand_))) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<SharedMutex>;
  }

  /** Takes the lock if it is free now, and no task of this thread waits; else null. @throws E446 as {@link lock} */
  tryLock(): SharedMutex | null {
    this.find_();
    const isFirst = this.waiters_.head_ === null;
    return isFirst && owners.lock(this.words_, this.at_, this.ownerOf_(ownTask())) ? this.own_() : null;
  }

  /** Ends what `lock` began. @throws E122 unless the task that runs has the lock, E446 as {@link lock} */
  release(): void {
    this.find_();
    const running = ownTask();
    const owner = this.ownerOf_(running);
    const isMine = owner < 0 || this.holder_ === running;
    if (!isMine || !this.unlock_(owner)) failUnlocked("mutex", this.isLocked);
  }

  /** As {@link release}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.release();
  }

  private unlock_(owner: number): boolean {
    this.holder_ = null;
    if (!owners.unlock(this.words_, this.at_, owner)) return false;
    this.tell_(this.at_ + owners.WAITING);
    return true;
  }

  /** @internal The task that runs has it. */
  own_(): this {
    this.holder_ = ownTask();
    return this;
  }

  private lockOrWait_(owner: number): boolean {
    const { words_: words, at_: at } = this;
    if (owners.lock(words, at, owner)) return true;
    waitFor(words, at + owners.WAITING, this.me_);
    return owners.lock(words, at, owner);
  }

  /** @internal */ size_(): number {
    return owners.OWNER_WORDS;
  }

  /** @internal */ fill_(): void {
    // Zeros are a free one.
  }

  protected serve_(): void {
    const { waiters_: waiters } = this;
    for (let op = waiters.head_; op !== null; op = waiters.head_) {
      if (!this.wasGiven_(op) && !this.lockOrWait_(this.ownerOf_(op.strand_))) return;
      shift(waiters);
      complete(op);
    }
  }

  /** Whether the task of `op` was given the lock by a thread that died before it could say so. */
  private wasGiven_(op: Op): boolean {
    const isNew = op.rest_ === HAS_IT;
    op.rest_ = WAITS;
    return isNew && owners.ownerOf(this.words_, this.at_) === this.ownerOf_(op.strand_);
  }

  /** @internal */ drop_(op: Op, state: number): void {
    if (state === PENDING) remove(this.waiters_, op);
    else this.unlock_(this.ownerOf_(op.strand_));
  }

  protected write_(op: Op): number {
    if (op.state_ !== PENDING) return HAS_IT;
    const isItself = owners.ownerOf(this.words_, this.at_) === this.ownerOf_(op.strand_);
    return isItself ? WAITS_FOR_ITSELF : WAITS;
  }

  /** @internal */ left_(op: Op): void {
    if (op.state_ === PENDING) remove(this.waiters_, op);
  }

  protected read_(op: Op, _region: Region, _at: number, own: number): void {
    op.claim_ = claimLock;
    op.rest_ = own === WAITS ? HAS_IT : WAITS;
    if (own === HAS_IT) op.state_ = DONE;
    else {
      append(this.waiters_, op);
      this.lookSoon_();
    }
  }

  /** @internal */ bury_(dead: number, isAlive: (id: number) => boolean): void {
    this.find_();
    owners.bury(this.words_, this.at_, dead, isAlive);
  }
}

function claimLock(op: Op): unknown {
  return (op.source_ as SharedMutex).own_();
}
