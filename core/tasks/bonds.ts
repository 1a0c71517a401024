/**
 * Bonds: what others have to do with a task, besides running it. The record of a strand is made with the first of them,
 * and serves the later tasks of the strand too.
 *
 *   strand.bond_ -> joiners_      operations that wait for the end of the task, in the order they came
 *                   circle_       the group that it is in, and its neighbours there
 *                   owned_        the groups that it made and that are not empty: its end waits for them
 *                   args_         what it begins again with
 */
import { CANCEL, RETURNED } from "../answers.js";
import { DEV } from "../dev.js";
import { makeError } from "../errors.js";
import { GROUPS } from "../features.js";
import { complete, completeWithError, type Op } from "../op.js";
import type { Strand } from "../scheduler.js";
import { makeWaitList, shift, type WaitList } from "../sync/wait-list.js";
import { nameOfStrand } from "./port.js";

/** See the head of this file. */
export interface Bond {
  readonly strand_: Strand;
  readonly joiners_: WaitList;
  isDetached_: boolean;
  circle_: Circle | null;
  next_: Bond | null;
  prev_: Bond | null;
  owned_: Circle | null;
  /** Whether the task begins again when it ends. */
  isAgain_: boolean;
  args_: readonly unknown[] | null;
  /** Faults in a row, and when the task began last. */
  faults_: number;
  began_: number;
}

/** What bonds know of a group of tasks (group.ts). */
export interface Circle {
  nextOwned_: Circle | null;
  /** One of its tasks is over; whether somebody gets what it threw. */
  ended_(bond: Bond): boolean;
  leave_(bond: Bond): void;
  cancel(): void;
}

/** How a task ended; `"gone"` when its slot was used again since, and nobody knows any more. */
export type Outcome = "done" | "faulted" | "cancelled" | "gone";

/** The bond of `strand`, made when there is none. */
export function bondOf(strand: Strand): Bond {
  return strand.bond_ || (strand.bond_ = makeBond(strand));
}

function makeBond(strand_: Strand): Bond {
  return {
    strand_,
    joiners_: makeWaitList(),
    isDetached_: false,
    circle_: null,
    next_: null,
    prev_: null,
    owned_: null,
    isAgain_: false,
    args_: null,
    faults_: 0,
    began_: 0,
  };
}

/** The next task of the strand begins. */
export function renew(bond: Bond): void {
  bond.isDetached_ = bond.isAgain_ = false;
  bond.args_ = null;
  bond.faults_ = 0;
}

/** Marks an operation that waits for the way in which a task ends, and not for what it gives. */
export function asOutcome(): never {
  throw new Error("a mark");
}

/** Tells of the end of a task those who wait for it; whether one of them gets what it gave or threw. */
export function tellEnd(strand: Strand, bond: Bond): boolean {
  let isHeard = false;
  for (let op = shift(bond.joiners_); op !== null; op = shift(bond.joiners_)) {
    if (op.claim_ !== asOutcome) isHeard = true;
    tell(op, strand);
  }
  if (GROUPS && bond.circle_ !== null && bond.circle_.ended_(bond)) isHeard = true;
  if (bond.isDetached_ && strand.how_ === RETURNED) strand.value_ = undefined;
  return isHeard;
}

/** Completes `op`, which waits for the task of `strand`, and that is over. */
export function tell(op: Op, strand: Strand): void {
  const how = strand.how_;
  if (op.claim_ === asOutcome) {
    op.claim_ = null;
    complete(op, how === RETURNED ? "done" : how === CANCEL ? "cancelled" : "faulted");
  } else if (how === RETURNED) complete(op, strand.value_);
  else completeWithError(op, how === CANCEL ? cancelledError(strand) : strand.value_);
}

function cancelledError(strand: Strand): unknown {
  const text = "was cancelled, and gives nothing. Catch this where you join it, or await settled(task)";
  return makeError("E133", nameOfStrand(strand), DEV && text);
}
