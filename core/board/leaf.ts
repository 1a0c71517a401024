/** How the leaf futures of device builds start that are never given up. */
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, type Op } from "../op.js";
import { running } from "../scheduler.js";

/** As `begin` of core/leaf.ts: the rest of what that notes is for those who give up. */
export function start(claim_: (() => unknown) | null): Op {
  if (DROPS) return begin(null, false, claim_);
  const op = running as unknown as Op;
  op.state_ = PENDING;
  op.claim_ = claim_;
  return op;
}
