/** Arms that are strands, with frames of the arena back end. */
import { makeOp } from "../op.js";
import { makeStrand, type Frame, type Strand } from "../scheduler.js";
import type { Group } from "./group.js";

/** Makes the strand of arm `i` of `group`, and gives its outermost frame; called when frames are built. */
export function makeArm(
  owner: Strand,
  group: Group,
  i: number,
  makeFrame: (strand: Strand, up: Frame | null) => Frame,
): Frame {
  const strand = makeStrand(owner.executor_, owner.slot_, owner);
  strand.exit_ = makeOp(owner);
  strand.exit_.source_ = strand;
  group.adopt_(i, strand);
  return makeFrame(strand, null);
}
