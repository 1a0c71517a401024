/** Arms that are strands, in device builds. */
import { makeOp } from "../op.js";
import type { Group } from "../flow/group.js";
import { equip, type Strand } from "./scheduler.js";
import type { Making } from "./strand.js";

/** Makes the strand of arm `i` of `group`, and gives what starts its function; called when frames are built. */
export function makeArm(
  owner: Strand,
  group: Group,
  i: number,
  make: (strand: Strand) => Strand["enter_"],
): Strand["enter_"] {
  const strand = equip({ resume_: null, bit_: owner.bit_, name_: owner.name_ } as Making, owner);
  strand.exit_ = makeOp(owner as never);
  strand.exit_.source_ = strand;
  group.adopt_(i, strand as never);
  return make(strand);
}
