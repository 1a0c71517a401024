/** Kinds of tasks where each has one strand, and no options: a kind is that strand. In the place of pools.ts. */
import type { Strand } from "./strand.js";

export { makeTask as task } from "./scheduler.js";

/** The strand of a kind. */
export function freeStrand(kind: Strand): Strand {
  return kind;
}
