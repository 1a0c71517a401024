/**
 * Groups: the static storage of one `select` or `timeout`, and how the race is decided.
 *
 *   enlist arms -> begin ----> undecided --first completion--> decided --losers gone--> settled, value picked
 *                    \______ an arm was ready at once ________/
 *
 * The first arm to complete decides at that very moment: the others are dropped, so that no second one can take
 * effect. Of leaf futures that are ready at the start the first in source order wins, but one that cannot be taken
 * back (a `send` that went through) goes first; calls are not begun then. An arm that is a strand is cancelled; its
 * cleanup may await, and the select goes on when it is over. What such a cleanup throws is lost with the arm.
 * `race`, `all`, `any` and `fairSelect` decide in other ways: races.ts, gathering.ts.
 */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { BUDGET, DIRECT } from "../features.js";
import { DONE, PENDING, drop, fetch, irrevocable, makeOp, take, type Op } from "../op.js";
import { aim, cancelStrand, isSpent, notify, pollStrand, wakeStrand, type Strand } from "../scheduler.js";

/** A future made in the arm: dropped when it loses. */
export const OWNED = 0;
/** A future that has a name elsewhere: left running when it loses. */
export const BORROWED = 1;
/** A call of an async function, run as a strand; `source_` of its operation is the strand. */
export const STRAND = 2;

/** What `select` gives: which arm won, and its value. One record for each select, valid until its next use. */
export interface Picked {
  arm: string;
  value: unknown;
}

export class Group {
  /** Those that hand a task over to another thread (shared/hand-over.ts) look at it, and at the arms. */
  winner_: Op | null = null;
  private readonly picked_: Picked = { arm: "", value: undefined };

  constructor(
    public owner_: Strand,
    protected readonly names_: readonly string[],
    readonly kinds_: readonly number[],
    readonly arms_: Op[],
  ) {}

  /** Readies arm `i` for the leaf future that is made next. */
  enlist_(i: number): void {
    this.owner_.waitsIn_ = this;
    aim(this.arms_[i]!);
  }

  /** Makes `strand` arm `i`, for good. */
  adopt_(i: number, strand: Strand): void {
    this.arms_[i] = strand.exit_!;
  }

  /** Makes the strand that is arm `j` of `other` arm `i` too: no two races of a strand are on at once. */
  share_(i: number, other: Group, j: number): void {
    this.arms_[i] = other.arms_[j]!;
  }

  /** Makes the future `op`, which lives elsewhere, arm `i`. @throws E204 when it is an arm of another group now */
  lend_(i: number, op: Op): void {
    if (DEV && op.done_ !== null)
      fail("E204", this.names_[i]!, "is awaited in two places at once. Make a future for each of them");
    this.arms_[i] = op;
  }

  /** The strand of arm `i`, to be started by the caller. */
  strand_(i: number): Strand {
    this.owner_.waitsIn_ = this;
    return this.arms_[i]!.source_ as Strand;
  }

  /** Starts the race; true when it is settled at once. */
  begin_(): boolean {
    this.owner_.waitsIn_ = this;
    this.winner_ = null;
    // A future that nobody awaited would keep the owner from looking at its arms.
    drop(this.owner_);
    for (let i = 0; i < this.arms_.length; i++) this.watch_(i);
    this.pollStrands_(true);
    const isSettled = this.winner_ !== null && this.dismissLosers_();
    if (!BUDGET || !isSettled || !isSpent(this.owner_)) return isSettled;
    this.owner_.waitsIn_ = this;
    wakeStrand(this.owner_);
    return false;
  }

  /** Polls the strands that are ready; true when the race is settled. */
  settle_(): boolean {
    if (this.winner_ === null) this.pollStrands_(false);
    return this.winner_ !== null && this.dismissLosers_();
  }

  /** Drops all arms, for an owner that is cancelled or throws; false while a strand among them still cleans up. */
  disband_(): boolean {
    // A winner that nobody will take is dropped too: what it was promised goes to others.
    this.winner_ = null;
    return this.dismissLosers_();
  }

  private dismissLosers_(): boolean {
    let gone = true;
    for (let i = 0; i < this.arms_.length; i++) if (!this.dismiss_(i, true)) gone = false;
    if (gone) this.owner_.waitsIn_ = null;
    return gone;
  }

  /** The winner's name and value. Throws what a failed strand threw. */
  pick_(): unknown {
    const i = this.arms_.indexOf(this.winner_!);
    this.picked_.arm = this.names_[i]!;
    this.picked_.value = this.take_(i);
    return this.picked_;
  }

  /** The value of the first of two arms, or `other` when the second one won. */
  pickFirst_(other: unknown): unknown {
    if (this.winner_ === this.arms_[0]) return this.take_(0);
    this.take_(1);
    return other;
  }

  /** A future with a name keeps its value: it can be awaited again. */
  protected take_(i: number): unknown {
    const op = this.arms_[i]!;
    return this.kinds_[i] === BORROWED ? fetch(op) : take(op);
  }

  /** @internal The first completion of an arm. */
  decide_(op: Op): void {
    if (this.winner_ !== null) return;
    this.winner_ = op;
    for (let i = 0; i < this.arms_.length; i++) this.dismiss_(i, false);
    notify(this.owner_);
  }

  /** Arm `i` is one of a race that is on. */
  watch_(i: number): void {
    const op = this.arms_[i]!;
    const winner = this.winner_;
    if (op.state_ < DONE) {
      // Where one has won already, the others are only sent away; bytes count more on boards.
      if (DIRECT && winner !== null) return;
      op.group_ = this;
      op.done_ = decide;
    } else if (winner === null || (op.drop_ === irrevocable && winner.drop_ !== irrevocable))
      this.winner_ = op;
  }

  /** Polls the strands that are ready, or `all`, until one decides. */
  private pollStrands_(all: boolean): void {
    for (let i = 0; i < this.arms_.length && this.winner_ === null; i++) this.pollArm_(i, all);
  }

  protected pollArm_(i: number, begins: boolean): void {
    const strand = this.arms_[i]!.source_ as Strand;
    if (this.kinds_[i] === STRAND && (begins || strand.ready_)) pollStrand(strand);
  }

  /** Sends arm `i` away unless it won; false while it cleans up. Only its owner's poll may run the cleanup. */
  protected dismiss_(i: number, mayPoll: boolean): boolean {
    const op = this.arms_[i]!;
    op.done_ = null;
    if (op === this.winner_) return true;
    if (this.kinds_[i] === OWNED) drop(op);
    if (this.kinds_[i] !== STRAND || op.state_ !== PENDING) return true;
    const strand = op.source_ as Strand;
    cancelStrand(strand);
    if (mayPoll && strand.ready_) pollStrand(strand);
    return op.state_ !== PENDING;
  }
}

function decide(op: Op): void {
  (op.group_ as Group).decide_(op);
}

/**
 * Makes the storage of a select; called when frames are built. Strands are put in by the caller. The operations of all
 * other arms are those that other selects of `owner` use, since it waits in one at a time.
 */
export function makeGroup(owner: Strand, names: readonly string[], kinds: readonly number[]): Group {
  return new Group(owner, names, kinds, armsOf(owner, names.length));
}

/** The first `count` of the operations that {@link makeGroup} says. */
export function armsOf(owner: Strand, count: number): Op[] {
  const ops = owner.arms_ || (owner.arms_ = []);
  while (ops.length < count) ops.push(makeOp(owner));
  return ops.slice(0, count);
}
