import { THROWN } from "../answers.js";
import { DEV } from "../dev.js";
import { fail, makeError, type RuntimeError } from "../errors.js";
import { DROPS } from "../features.js";
import type { Task } from "../arena.js";
import type { TaskKind } from "../kinds.js";
import { begin } from "../leaf.js";
import { PENDING, complete, completeWithError, type Op } from "../op.js";
import { wakeStrand, type Strand } from "../scheduler.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import { currentTask, nameOf, spawn, strandOf } from "../task.js";
import type { Future } from "../types.js";
import { bondOf, type Bond, type Circle } from "./bonds.js";
import { endTask, isOver, nameOfStrand, ownTask } from "./port.js";

/** What `await using` knows a resource by; ES5's library does not know the word. */
declare const Symbol: { readonly asyncDispose: unique symbol };

/** What a group does when one of its tasks throws. */
export interface TaskGroupOptions {
  /**
   * `"cancel"`, the default: it cancels the others, and `join` throws what the first one threw, once all are over.
   * `"collect"`: the others run on, and `join` throws a {@link GroupError} with all that was thrown.
   */
  readonly onFailure?: "cancel" | "collect";
}

/** What `join` of a group throws that collects. */
export interface GroupError extends RuntimeError {
  /** In the order in which they were thrown. */
  readonly errors: unknown[];
}

/**
 * Tasks that end together: `join` waits for all of them, and whatever happens none outlives the task that made the group.
 *
 * When that task ends, in whichever way, those that still run are cancelled, and it is over when their cleanup is. A group
 * that is made outside of tasks belongs to nobody. When it is empty a group can be used again.
 *
 * Layout: a list through the bonds of its tasks.
 *
 *   owner's bond --owned_--> group --nextOwned_--> group      only groups that are not empty
 *                            first_ --next_--> bond of a task --next_--> ...
 * Cost: O(1) each, `cancel` O(tasks); allocates a record for a slot that is in a group first, and what `join` throws.
 * Interrupts: `cancel` may be called from anywhere.
 */
export class TaskGroup implements Circle {
  /** @internal */ nextOwned_: Circle | null = null;
  private first_: Bond | null = null;
  private count_ = 0;
  private failed_: Strand | null = null;
  private error_: unknown = undefined;
  private readonly joiners_: WaitList = makeWaitList();
  private readonly owner_: Strand | null;
  /** Its task that made the group. */
  private readonly maker_: Task | null;
  private readonly collects_: boolean;

  constructor(options?: TaskGroupOptions) {
    this.owner_ = ownTask();
    this.maker_ = this.owner_ === null ? null : currentTask();
    this.collects_ = options !== undefined && options.onFailure === "collect";
  }

  /** Tasks that are not over. */
  get size(): number {
    return this.count_;
  }

  /**
   * Starts a task in the group.
   *
   * @throws E101 when all slots of the kind are in use, E137 when the task that made the group is over, or when one has
   *   failed and was not joined
   */
  spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): Task<R, A> {
    const { owner_: owner, maker_: maker } = this;
    if (owner !== null && (strandOf(maker!) === null || isOver(owner))) {
      fail(
        "E137",
        nameOf(maker!),
        DEV && "is over, and its group with it. Make a group in the task that uses it",
      );
    }
    if (this.failed_ !== null && !this.collects_) {
      fail(
        "E137",
        nameOfStrand(this.failed_),
        DEV && "has failed, and its group with it. Join the group first",
      );
    }
    const task = spawn(kind, ...args);
    const bond = bondOf(strandOf(task)!);
    bond.circle_ = this;
    bond.prev_ = null;
    bond.next_ = this.first_;
    if (this.first_ !== null) this.first_.prev_ = bond;
    this.first_ = bond;
    if (this.count_++ === 0 && owner !== null) this.own_(bondOf(owner));
    return task;
  }

  /**
   * Waits until all tasks are over, and throws as the group's `onFailure` says. Those that were cancelled do not count.
   *
   * Cancel: a dropped join leaves the tasks alone.
   * @throws E132 in a task of the group itself
   */
  join(): Future<void> {
    const own = ownTask();
    if (own !== null && own.bond_ && own.bond_.circle_ === this) {
      fail(
        "E132",
        nameOfStrand(own),
        DEV && "waits for its own group, which never ends. Let another task wait",
      );
    }
    const op = begin(this, DROPS && leave, null);
    if (this.count_ > 0) append(this.joiners_, op);
    else {
      this.tell_(op);
      this.reset_();
    }
    return op as unknown as Future<void>;
  }

  /** Cancels all tasks. */
  cancel(): void {
    for (let bond = this.first_; bond !== null; bond = bond.next_) endTask(bond.strand_);
  }

  /** Cancels all tasks, and waits until they are over; it throws nothing. */
  stop(): Future<void> {
    this.cancel();
    const op = begin(this, DROPS && leave, asStop);
    op.claim_ = asStop;
    if (this.count_ > 0) append(this.joiners_, op);
    else this.tell_(op);
    return op as unknown as Future<void>;
  }

  /** As {@link stop}: what `await using` does at the end of its scope. */
  [Symbol.asyncDispose](): Future<void> {
    return this.stop();
  }

  /** @internal */ joiners(): WaitList {
    return this.joiners_;
  }

  ended_(bond: Bond): boolean {
    const strand = bond.strand_;
    const isFirst = this.failed_ === null;
    let isHeard = false;
    this.unlink_(bond);
    if (strand.how_ === THROWN && (isFirst || this.collects_)) {
      isHeard = this.hasJoiner_();
      this.failed_ = strand;
      this.keep_(strand, isFirst);
      if (!this.collects_) this.cancel();
    }
    if (this.count_ === 0) this.over_();
    return isHeard;
  }

  leave_(bond: Bond): void {
    this.unlink_(bond);
    if (this.count_ === 0) this.over_();
  }

  private keep_(strand: Strand, isFirst: boolean): void {
    if (!this.collects_) this.error_ = strand.value_;
    else if (isFirst) {
      const text = "and perhaps others of its group have failed. See errors";
      const error = makeError("E139", nameOfStrand(strand), DEV && text);
      (error as { errors?: unknown[] }).errors = [strand.value_];
      this.error_ = error;
    } else (this.error_ as GroupError).errors.push(strand.value_);
  }

  private unlink_(bond: Bond): void {
    if (bond.prev_ === null) this.first_ = bond.next_;
    else bond.prev_.next_ = bond.next_;
    if (bond.next_ !== null) bond.next_.prev_ = bond.prev_;
    bond.circle_ = null;
    this.count_--;
  }

  /** Whether somebody waits who gets what is thrown. */
  private hasJoiner_(): boolean {
    for (let op = this.joiners_.head_; op !== null; op = op.next_) if (op.claim_ !== asStop) return true;
    return false;
  }

  /** The last task is gone. */
  private over_(): void {
    if (this.owner_ !== null) this.disown_(this.owner_);
    const isJoined = this.hasJoiner_();
    for (let op = shift(this.joiners_); op !== null; op = shift(this.joiners_)) this.tell_(op);
    if (isJoined) this.reset_();
  }

  private tell_(op: Op): void {
    if (op.claim_ === asStop) {
      op.claim_ = null;
      complete(op);
    } else if (this.failed_ === null) complete(op);
    else completeWithError(op, this.error_);
  }

  private reset_(): void {
    this.failed_ = null;
    this.error_ = undefined;
  }

  private own_(bond: Bond): void {
    this.nextOwned_ = bond.owned_;
    bond.owned_ = this;
  }

  private disown_(owner: Strand): void {
    const bond = bondOf(owner);
    let before: Circle | null = null;
    for (let each = bond.owned_; each !== this && each !== null; each = each.nextOwned_) before = each;
    if (before === null) bond.owned_ = this.nextOwned_;
    else before.nextOwned_ = this.nextOwned_;
    this.nextOwned_ = null;
    if (bond.owned_ === null) wakeStrand(owner);
  }
}

/** Marks an operation that waits for the end of a group, whatever its tasks threw. */
function asStop(): never {
  throw new Error("a mark");
}

function leave(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as TaskGroup).joiners(), op);
}
