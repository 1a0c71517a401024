/** What there is to do with tasks asks this of the device executor, in the place of core/tasks/port.ts. */
import { RETURNED } from "../answers.js";
import { HOLDS, MANY, POLICIES, RESTARTS, STRANDS } from "../features.js";
import { PENDING, type Op } from "../op.js";
import type { FaultPolicy } from "../tasks/ends.js";
import { startTimer, stopTimer } from "./platform.js";
import { cancelStrand, finished, resumeStrand, running, wakeStrand } from "./scheduler.js";
import type { Strand } from "./strand.js";

export { report } from "./faults.js";
export { unlist } from "./pool.js";

/** The strand of the task that runs. */
export function ownTask(): Strand | null {
  let strand = running;
  while (STRANDS && strand.parent_) strand = strand.parent_;
  return strand && strand.bit_ ? strand : null;
}

/** The task that runs, as one value for all of its strands. Outside of tasks one that no task has. */
export function runningTask(): unknown {
  return MANY ? running && running.bit_ : running;
}

/** Whether the task of `strand` has ended. */
export function isOver(strand: Strand): boolean {
  return !strand.resume_;
}

/** The name of the task of `strand`. */
export function nameOfStrand(strand: Strand): string {
  return strand.name_;
}

/** A board has one thread. */
export function checkOwn(_strand: Strand, _verb: string): void {
  // Every task is its own.
}

/** What its kind says of faults. */
export function policyOf(strand: Strand): FaultPolicy | undefined {
  return strand.policy_;
}

/** The code of the task is over, and it is not: a wake brings it to its end again. Nobody can cancel it any more. */
export function atItsEnd(strand: Strand): void {
  strand.resume_ = finished;
  strand.cancel_ = 2;
}

/** Begins the task of `strand` anew, after `delay` ticks. */
export function beginAgain(strand: Strand, args: readonly unknown[], delay: number): void {
  strand.how_ = RETURNED;
  strand.resume_ = strand.enter_.apply(null, ([finished] as unknown[]).concat(args));
  if (!(POLICIES && delay > 0)) {
    wakeStrand(strand);
    return;
  }
  strand.state_ = PENDING;
  strand.drop_ = stopTimer;
  strand.claim_ = null;
  startTimer(strand as unknown as Op, delay);
}

/** Asks the task of `strand` to end; a paused one goes on, to clean up. */
export function endTask(strand: Strand): void {
  if (RESTARTS && strand.bond_) strand.bond_.isAgain_ = false;
  cancelStrand(strand);
  if (HOLDS) resumeStrand(strand);
}
