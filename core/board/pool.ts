/** Which strands of a kind are free. */
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
