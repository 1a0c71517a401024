/** A semaphore of all threads: permits in shared memory (lock-free/semaphore.ts), and who waits on each thread. */
import type { Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { DONE, PENDING, complete, type Op } from "../../../core/op.js";
import { leaves, type SharedLeaf } from "../../../core/shared/leaves.js";
import { checked } from "../../../core/sync/count.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../../core/sync/wait-list.js";
import { coded } from "../tool-errors.js";
import { TOO_MANY, freeOf, give, takeOrWait, takePermit } from "./lock-free/semaphore.js";
import { declaredSemaphores } from "./tasks/declared.js";
import { here, lookAgain, tellThreads } from "./tasks/look.js";
import type { TaskTable } from "./tasks/table.js";

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
 * With one permit it is a mutex. Tasks of one thread are served in the order in which they came; threads are told at once,
 * and the first that looks is served. A shared task may move on while it waits. A permit belongs to nobody: whoever likes
 * may release it, and one that a worker had when it died stays taken until somebody does.
 *
 * The main thread and its tasks have it as well, once the pool shares tasks: of several pools, with the tasks of the one
 * that began last.
 *
 * Cost: a compare-and-set each, and O(threads that wait) of a release; allocates nothing after construction.
 * Cancel: a dropped `acquire` takes nothing; what it was given already goes to those who wait.
 */
export class SharedSemaphore {
  private readonly permits_: number;
  private readonly number_: number;
  /** Of this thread. */
  private readonly waiters_: WaitList = makeWaitList();

  /** @throws E121 unless `permits` is a whole number of at least 1 */
  constructor(permits: number) {
    this.permits_ = checked(permits, "semaphore", "number of permits");
    this.number_ = declaredSemaphores.push({ permits, look: () => this.look_() }) - 1;
    if (leaves.indexOf(acquires) < 0) leaves.push(acquires);
    own[this.number_] = this;
  }

  /** Permits that nobody has. @throws E446 as {@link acquire} */
  get available(): number {
    const { table, at } = this.place_();
    return freeOf(table.words, at);
  }

  /** Waits for a permit and takes it. @throws E446 where no threads share it */
  acquire(): Future<void> {
    const { table, me, at } = this.place_();
    const op = begin(this, dropAcquire, claimAcquire);
    // Nobody is overtaken by a task of its own thread.
    if (this.waiters_.head_ === null && takeOrWait(table.words, at, me)) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<void>;
  }

  /** Takes a permit if one is free now, and no task of this thread waits. @throws E446 as {@link acquire} */
  tryAcquire(): boolean {
    const { table, at } = this.place_();
    return this.waiters_.head_ === null && takePermit(table.words, at);
  }

  /** Gives a permit back. @throws E447 when all are free, E446 as {@link acquire} */
  release(): void {
    const { table, at } = this.place_();
    const told = give(table.words, at, this.permits_);
    if (told === TOO_MANY) {
      const text = `all of its ${this.permits_} permits are free. Release what was acquired, once`;
      throw coded("E447", "semaphore", text);
    }
    tellThreads(table, told);
  }

  private place_(): { table: TaskTable; me: number; at: number } {
    const place = here(this.number_);
    if (place !== null) return place;
    const text =
      "no threads share it. Make it at the top of a module, and use it once shared tasks were spawned";
    throw coded("E446", "semaphore", text);
  }

  /** Serves those who wait here, as far as there are permits. */
  private look_(): void {
    const place = here(this.number_);
    if (place === null) return;
    const { table, me, at } = place;
    const { waiters_: waiters } = this;
    for (let op = waiters.head_; op !== null && takeOrWait(table.words, at, me); op = waiters.head_) {
      complete(shift(waiters)!);
    }
  }

  /** @internal */ drop_(op: Op, state: number): void {
    if (state === PENDING) remove(this.waiters_, op);
    else this.release();
  }

  /** @internal */ leave_(op: Op): number {
    return (this.number_ << 1) | (op.state_ === DONE ? 1 : 0);
  }

  /** @internal */ left_(op: Op): void {
    if (op.state_ === PENDING) remove(this.waiters_, op);
  }

  /** @internal */ arrive_(op: Op, isDone: boolean): void {
    op.source_ = this;
    op.claim_ = claimAcquire;
    if (isDone) op.state_ = DONE;
    else {
      append(this.waiters_, op);
      lookAgain();
    }
  }
}

/** By number: the same on every thread. */
const own: SharedSemaphore[] = [];

function claimAcquire(): undefined {
  return undefined;
}

function dropAcquire(op: Op, state: number): void {
  (op.source_ as SharedSemaphore).drop_(op, state);
}

/** A wait for a permit, or one that was given and not yet taken. */
const acquires: SharedLeaf = {
  drop_: dropAcquire,
  leave_: (op) => (op.source_ as SharedSemaphore).leave_(op),
  left_: (op) => (op.source_ as SharedSemaphore).left_(op),
  arrive_: (op, _region, _at, told) => own[told >> 1]!.arrive_(op, (told & 1) !== 0),
};
