/** How tasks start in device builds. Programs that need none of it get plain-spawn.ts in the place of this. */
import { RETURNED } from "../answers.js";
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { BONDS, FULL, IDS, MANY, OBSERVED, POLICIES, POOLS, RESERVES, RESTARTS } from "../features.js";
import { bondOf, renew } from "../tasks/bonds.js";
import { tellNew } from "./observe.js";
import { clockOf, pend } from "./platform.js";
import { release, type Pool as TaskKind } from "./pool.js";
import { freeStrand } from "./pools.js";
import { GENERATION, finished, runOnly, wakeStrand, type Strand } from "./scheduler.js";

/** The strand for the task that {@link spawn} starts, where it is kept for it. */
let reserved: Strand | null = null;

/** Takes the kind, which is its strand where no kind has more than one, and the arguments of its function. */
export function spawn(strand: Strand): number {
  if (RESERVES && reserved) {
    strand = reserved;
    reserved = null;
  } else if (POOLS) strand = freeStrand(strand as unknown as TaskKind);
  if (FULL && strand.resume_) return fail("E101", strand.name_, DEV && "all of its slots are in use");
  // eslint-disable-next-line prefer-rest-params -- a rest parameter is a loop in the ES5 of Espruino
  if (BONDS) renewTask(strand, arguments);
  // The function takes what to go on with at its end, and its arguments: that of a task knows, and gets the kind.
  // eslint-disable-next-line prefer-rest-params -- as above
  strand.resume_ = strand.enter_.apply(null, arguments as never);
  if (OBSERVED) tellNew(strand);
  if (MANY) wakeStrand(strand);
  else pend(runOnly, 0);
  return IDS ? (strand.id_ += GENERATION) : (undefined as never);
}

/** Forgets how the task before ended. */
function renewTask(strand: Strand, all: ArrayLike<unknown>): void {
  strand.how_ = RETURNED;
  if (strand.bond_) renew(strand.bond_);
  if (!RESTARTS || !strand.keepsArguments_) return;
  const bond = bondOf(strand as never);
  bond.args_ = [].slice.call(all, 1);
  if (POLICIES) bond.began_ = clockOf();
}

/** Takes a strand for {@link startClaimed} or {@link giveBack}. */
export function claimStrand(kind: TaskKind): Strand {
  const strand = freeStrand(kind);
  if (strand.resume_) return fail("E101", strand.name_, DEV && "all of its slots are in use");
  // Nothing wakes it: it only looks as if it ran.
  strand.resume_ = finished;
  return strand;
}

export function startClaimed(strand: Strand, kind: TaskKind, args: unknown[]): number {
  strand.resume_ = null;
  reserved = strand;
  return spawn.apply(null, [kind].concat(args as never) as unknown as [Strand]); // eslint-disable-line prefer-spread
}

export function giveBack(strand: Strand): void {
  strand.resume_ = null;
  if (POOLS) release(strand);
}
