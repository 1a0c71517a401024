/**
 * What frames in shared memory have of the thread that polls them: operations of named futures, groups, strands of arms.
 * Each thread makes its own when a frame first needs it there, and uses it again. The compiler numbers futures and
 * selects; one function has as many as there are places where its frame can lie.
 *
 *   frame at word 40, with race 3: select({ line: read(), tick: sleep(ms(5)) })
 *
 *     words    40 ... | record of line, of tick | region of read()      the same for all threads
 *     parts    race 3 at 40: Group -> operations, strand -> Region      of this thread; hand-over.ts writes down what they say
 *
 * Cost: O(those of the region) to find one, which are few.
 */
import { STRAND, type Group } from "../flow/group.js";
import { makeOp, type Op } from "../op.js";
import { tooDeep } from "../recursion.js";
import { makeStrand, type Strand } from "../scheduler.js";
import { waitForArm } from "./leaves.js";
import { levelsFrom, regionAt, type Region } from "./region.js";

/** A select, as the compiler tells of it. */
export interface RaceFacts {
  /** What of the library makes it: `makeGroup` for a select. */
  readonly make: (owner: Strand, names: readonly string[], kinds: readonly number[]) => Group;
  readonly names: readonly string[];
  readonly kinds: readonly number[];
  /** Words from the frame to the records of its arms. */
  readonly at: number;
  /** By arm: words from the frame to its region; 0 where it is no call. */
  readonly regions: readonly number[];
}

/** By number. */
export const races: RaceFacts[] = [];

/** The operation of a named future. */
export interface FuturePart {
  readonly id_: number;
  /** The word where its record begins. */
  readonly at_: number;
  readonly op_: Op;
}

/** A select. */
export interface RacePart {
  readonly id_: number;
  /** The word where its frame begins. */
  readonly at_: number;
  readonly group_: Group;
}

/** The operation of future `id`, whose record is at word `at`. */
export function future(region: Region, id: number, at: number): Op {
  const { futures_: all } = region;
  for (let i = 0; i < all.length; i++) if (all[i]!.id_ === id && all[i]!.at_ === at) return all[i]!.op_;
  const op = makeOp(region.strand_);
  all.push({ id_: id, at_: at, op_: op });
  return op;
}

/** The group of race `id` in the frame at word `at`. */
export function race(region: Region, id: number, at: number): Group {
  const { races_: all } = region;
  for (let i = 0; i < all.length; i++) if (all[i]!.id_ === id && all[i]!.at_ === at) return all[i]!.group_;
  const facts = races[id]!;
  const group = facts.make(region.strand_, facts.names, facts.kinds);
  for (let i = 0; i < facts.kinds.length; i++) {
    if (facts.kinds[i] === STRAND) group.adopt_(i, arm(region, at + facts.regions[i]!).strand_);
  }
  all.push({ id_: id, at_: at, group_: group });
  return group;
}

/** The region of an arm, at word `at`. Whose arm it is may differ from time to time. */
export function arm(region: Region, at: number): Region {
  const { arms_: all } = region;
  for (let i = 0; i < all.length; i++) if (all[i]!.base_ === at) return all[i]!;
  const owner = region.strand_;
  const strand = makeStrand(owner.executor_, owner.slot_, owner);
  const exit = makeOp(owner);
  exit.source_ = strand;
  exit.drop_ = waitForArm;
  strand.exit_ = exit;
  const own = regionAt(strand, region.words_, region.doubles_, at);
  all.push(own);
  return own;
}

/** Checks that a call from the frame `up` is no level too many. @throws E115, in the caller */
export function checkDepth(region: Region, up: number, code: number, depth: number, name: string): void {
  if (levelsFrom(region, up, code) >= depth) tooDeep({ name_: name, depth_: depth });
}
