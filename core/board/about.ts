/** What others ask about the strand of a task; see the library's scheduler. */
import type { FaultPolicy } from "../tasks/ends.js";
import type { Strand } from "./strand.js";

/** Whether the task of `strand` has ended. */
export function isOver(strand: Strand): boolean {
  return !strand.resume_;
}

/** The name of the task of `strand`. */
export function nameOfStrand(strand: Strand): string {
  return strand.name_;
}

/** What its kind says of faults. */
export function policyOf(strand: Strand): FaultPolicy | undefined {
  return strand.policy_;
}
