/**
 * What may keep a task from being over when its code is:
 *
 *   its groups    are cancelled, and its end waits for them
 *   a restart     that somebody asked for, or that its kind declares for faults
 */
import { THROWN } from "../answers.js";
import { GROUPS, POLICIES, RESTARTS } from "../features.js";
import { clockOf, type Strand } from "../scheduler.js";
import type { Ticks } from "../types.js";
import type { Bond } from "./bonds.js";
import { atItsEnd, beginAgain, policyOf, report } from "./port.js";

/** How a kind of task begins again after a fault. */
export interface Restarts {
  /** Times in a row; the fault after them ends the task. */
  readonly restarts: number;
  /** Before the first of them, doubled for each that follows; default 0. */
  readonly backoff?: Ticks;
  /** The longest back-off; and after so long without a fault, what came before is forgotten. Default 10 s. */
  readonly longest?: Ticks;
}

/** What becomes of a fault of a kind's tasks. */
export type FaultPolicy = "log" | "halt" | Restarts;

const LONGEST = 10000;

/** Whether the task of `strand` goes on, though its code is over. */
export function goesOn(strand: Strand, bond: Bond): boolean {
  if (GROUPS && bond.owned_ !== null) {
    for (let each: Bond["owned_"] = bond.owned_; each !== null; each = each.nextOwned_) each.cancel();
    atItsEnd(strand);
    return true;
  }
  if (!RESTARTS) return false;
  if (bond.isAgain_) {
    bond.isAgain_ = false;
    if (strand.how_ === THROWN) report(strand);
    beginAgain(strand, bond.args_!, 0);
    return true;
  }
  return POLICIES && strand.how_ === THROWN && triesAgain(strand, bond);
}

/** Begins again after a fault, unless that was one too many. */
function triesAgain(strand: Strand, bond: Bond): boolean {
  const policy = policyOf(strand);
  if (typeof policy !== "object") return false;
  const longest = policy.longest === undefined ? LONGEST : policy.longest;
  if (((clockOf(strand) - bond.began_) | 0) >= longest) bond.faults_ = 0;
  if (bond.faults_ >= policy.restarts) return false;
  report(strand);
  let delay: number = policy.backoff === undefined ? 0 : policy.backoff;
  for (let i = 0; i < bond.faults_ && delay < longest; i++) delay *= 2;
  delay = Math.min(delay, longest);
  bond.faults_++;
  bond.began_ = (clockOf(strand) + delay) | 0;
  beginAgain(strand, bond.args_!, delay);
  return true;
}
