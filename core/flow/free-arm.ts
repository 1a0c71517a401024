/**
 * Free arms: what runs there is only known at each race, a call of one function or another, a race, or a leaf future.
 * An arm has an operation of its owner for a leaf, and a strand for the others; which one counts is said before each race.
 */
import type { Strand } from "../scheduler.js";
import { OWNED, STRAND, type Group } from "./group.js";

/** Makes arm `i` of `group` what runs on `strand`, which the caller starts. */
export function callArm(group: Group, i: number, strand: Strand): Strand {
  (group.kinds_ as number[])[i] = STRAND;
  group.adopt_(i, strand);
  return group.strand_(i);
}

/** Readies arm `i` of `group` for the leaf future that is made next. */
export function leafArm(group: Group, i: number): void {
  (group.kinds_ as number[])[i] = OWNED;
  group.arms_[i] = group.owner_.arms_![i]!;
  group.enlist_(i);
}
