/**
 * How tasks start where each kind has one strand, which is free, and its function takes two arguments at most: in the place
 * of spawn.ts.
 */
import { IDS, MANY } from "../features.js";
import { pend } from "./platform.js";
import { GENERATION, runOnly, wakeStrand, type Strand } from "./scheduler.js";

/** Takes the strand, and the arguments of its function. */
export function spawn(strand: Strand, first: unknown, second: unknown): number {
  // What to go on with at the end comes first: the function of a task knows.
  strand.resume_ = strand.enter_(strand, first, second);
  if (MANY) wakeStrand(strand);
  else pend(runOnly, 0);
  return IDS ? (strand.id_ += GENERATION) : (undefined as never);
}
