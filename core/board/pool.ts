/** Which strands of a kind are free. */
import { POOLS } from "../features.js";
import type { Strand } from "./strand.js";

/** The free strands of a kind, the one that is free for longest first. */
export interface Pool {
  firstFree_: Strand | null;
  lastFree_: Strand;
}

/** Makes `strand` the last one of its kind to be used again. */
export function release(strand: Strand): void {
  const pool = strand.pool_;
  strand.nextFree_ = null;
  if (pool.firstFree_) pool.lastFree_.nextFree_ = strand;
  else pool.firstFree_ = strand;
  pool.lastFree_ = strand;
}

/** Takes `strand`, whose task is over, out of those that are free. */
export function unlist(strand: Strand): void {
  if (!POOLS) return;
  const pool = strand.pool_;
  let before: Strand | null = null;
  for (let each = pool.firstFree_; each !== strand; each = each!.nextFree_) before = each;
  if (before) before.nextFree_ = strand.nextFree_;
  else pool.firstFree_ = strand.nextFree_;
  if (pool.lastFree_ === strand && before) pool.lastFree_ = before;
}
