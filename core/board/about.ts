/** What others ask about the strand of a task; see the library's scheduler. */
import { STRANDS } from "../features.js";
import { running, type Strand } from "./scheduler.js";

/** The strand of the task that runs. */
export function ownTask(): Strand {
  let strand = running;
  while (STRANDS && strand.parent_) strand = strand.parent_;
  return strand;
}

/** Whether the task of `strand` has ended. */
export function isOver(strand: Strand): boolean {
  return !strand.resume_;
}

/** The name of the task of `strand`. */
export function nameOfStrand(strand: Strand): string {
  return strand.name_;
}
