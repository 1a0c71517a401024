/**
 * Groups that go on after a completion: `all` until one fails, `any` until one succeeds, both at last until none is left.
 *
 *   begin ----> gathering --a completion that decides--> decided --the others gone--> settled: its value, or throw
 *                  |  ^
 *                  |  +--- any other completion: the arm is kept as it is
 *                  +--the last one is such---> whole: nothing is dropped; the values, or errors, of all
 */
import { DEV } from "../dev.js";
import { makeError, type RuntimeError } from "../errors.js";
import { DONE, FAILED, type Op } from "../op.js";
import type { Strand } from "../scheduler.js";
import { Group, armsOf } from "./group.js";

/** What `any` throws when all of its arms failed. */
export interface AnyError extends RuntimeError {
  /** What each of them threw, in the order in which they are written. */
  readonly errors: readonly unknown[];
}

/** Those that hand a task over to another thread (shared/hand-over.ts) look at how far it is. */
export abstract class Gathering extends Group {
  /** Arms that are not done, while it gathers. */
  left_ = 0;
  /** Whether all are done, and none decided. */
  isWhole_ = false;

  /** Whether a failure decides, or a success. */
  protected abstract readonly byFailure_: boolean;

  /** What it gives when no arm decided. */
  protected abstract whole_(): unknown;

  override begin_(): boolean {
    this.left_ = this.arms_.length;
    this.isWhole_ = false;
    return super.begin_();
  }

  override pick_(): unknown {
    return this.isWhole_ ? this.whole_() : this.take_(this.arms_.indexOf(this.winner_!));
  }

  override decide_(op: Op): void {
    if (this.ends_(op)) super.decide_(op);
  }

  override watch_(i: number): void {
    const op = this.arms_[i]!;
    // A future that is two arms completes once.
    if (op.state_ < DONE && op.group_ === this && op.done_ !== null) this.left_--;
    if (op.state_ < DONE || this.ends_(op)) super.watch_(i);
  }

  protected override dismiss_(i: number, mayPoll: boolean): boolean {
    if (!this.isWhole_ || this.winner_ === null) return super.dismiss_(i, mayPoll);
    this.arms_[i]!.done_ = null;
    return true;
  }

  /** Whether the completion of `op` is the end: it decides, or nothing else comes. */
  private ends_(op: Op): boolean {
    this.left_--;
    if ((op.state_ === FAILED) === this.byFailure_) return true;
    op.done_ = null;
    if (this.left_ === 0 && this.winner_ === null) this.isWhole_ = true;
    return this.isWhole_;
  }
}

/** The storage of an `all`. */
export class All extends Gathering {
  protected readonly byFailure_: boolean = true;
  private readonly values_: Record<string, unknown> = {};

  protected whole_(): unknown {
    for (let i = 0; i < this.arms_.length; i++) this.values_[this.names_[i]!] = this.take_(i);
    return this.values_;
  }
}

/** The storage of an `any`. */
export class Any extends Gathering {
  protected readonly byFailure_: boolean = false;

  protected whole_(): unknown {
    const error = makeError("E180", this.names_.join(", "), DEV && "failed, all of them. See errors");
    (error as { errors?: unknown[] }).errors = this.arms_.map((op) => op.value_);
    throw error;
  }
}

/** As `makeGroup`, for an `all`. */
export function makeAll(owner: Strand, names: readonly string[], kinds: readonly number[]): Group {
  return new All(owner, names, kinds, armsOf(owner, names.length));
}

/** As `makeGroup`, for an `any`. */
export function makeAny(owner: Strand, names: readonly string[], kinds: readonly number[]): Group {
  return new Any(owner, names, kinds, armsOf(owner, names.length));
}
