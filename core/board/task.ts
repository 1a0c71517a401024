/** Kinds of tasks in device builds: the names of the library's `task.ts` and `arena.ts`, over strands with a bit each. */
import { RETURNED } from "../answers.js";
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { BONDS, FULL, HOLDS, IDS, MANY, OBSERVED, POLICIES, POOLS, RESERVES, RESTARTS } from "../features.js";
import { bondOf, renew } from "../tasks/bonds.js";
import type { FaultLog } from "../tasks/fault-log.js";
import { log } from "./faults.js";
import { tellNew } from "./observe.js";
import { clockOf, pend } from "./platform.js";
import {
  GENERATION,
  cancelStrand,
  finished,
  pauseStrand,
  resumeStrand,
  runOnly,
  tasks,
  wakeStrand,
  type Strand,
} from "./scheduler.js";
import { release, type Pool as TaskKind } from "./pool.js";
import { freeStrand } from "./pools.js";
import { endTask, ownTask } from "./port.js";

/** What {@link trySpawn} gives when all slots of the kind are in use. */
export const BUSY = { toString: () => "BUSY" };

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

/** The factory of a task whose function is awaited elsewhere too: `make` is that of the function. */
export function ending(make: Strand["make_"]): Strand["make_"] {
  return (strand) => {
    const enter = make(strand);
    return function () {
      // eslint-disable-next-line prefer-rest-params -- as above
      const all = arguments;
      all[0] = finished;
      // eslint-disable-next-line prefer-spread
      return enter.apply(null, all as never);
    };
  };
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

/** Takes the kind, and the arguments of its function. */
export function trySpawn(kind: TaskKind): unknown {
  if (POOLS ? !kind.firstFree_ : (kind as unknown as Strand).resume_) return BUSY;
  // eslint-disable-next-line prefer-rest-params, prefer-spread
  return spawn.apply(null, arguments as unknown as [Strand]);
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

export function cancel(id: number): void {
  const strand = strandOf(id);
  if (strand === null) return;
  if (HOLDS || RESTARTS) endTask(strand);
  else cancelStrand(strand);
}

export function pause(id: number): void {
  const strand = strandOf(id);
  if (strand !== null) pauseStrand(strand);
}

export function resume(id: number): void {
  const strand = strandOf(id);
  if (strand !== null) resumeStrand(strand);
}

export function currentTask(): number {
  return ownTask()!.id_;
}

export function faultLog(): FaultLog {
  return log;
}

export function nameOf(id: number): string {
  return tasks[id % GENERATION]!.name_;
}

/** The strand of a task; null when a later one has it. */
export function strandOf(id: number): Strand | null {
  const strand = tasks[id % GENERATION];
  return strand !== undefined && strand.id_ === id ? strand : null;
}
