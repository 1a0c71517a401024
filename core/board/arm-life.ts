/** How arms that are strands begin and end, in device builds. */
import { RETURNED, THROWN } from "../answers.js";
import { DONE, PENDING, complete, completeWithError } from "../op.js";
import type { State, Strand } from "./strand.js";

/** Readies the strand of an arm to run from `first` on. */
export function startStrand(strand: Strand, first: State): void {
  strand.exit_!.state_ = PENDING;
  strand.resume_ = first;
}

/** Tells whoever waits for an arm that it is over. */
export function endArm(strand: Strand): void {
  const exit = strand.exit_!;
  const how = strand.how_;
  strand.how_ = RETURNED;
  if (how === RETURNED) complete(exit, strand.value_);
  else if (how === THROWN) completeWithError(exit, strand.value_);
  else exit.state_ = DONE; // the one who cancelled it is looking
}
