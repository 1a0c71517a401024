/** What others ask about the strand of a task; see the library's scheduler. */
import type { Strand } from "./strand.js";

/** Whether the task of `strand` has ended. */
export function isOver(strand: Strand): boolean {
  return !strand.resume_;
}

/** The name of the task of `strand`. */
export function nameOfStrand(strand: Strand): string {
  return strand.name_;
}
