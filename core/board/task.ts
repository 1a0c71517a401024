/** Kinds of tasks in device builds: the names of the library's `task.ts` and `arena.ts`, over strands with a bit each. */
import { RETURNED } from "../answers.js";
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import {
  BONDS,
  CALLED_TASKS,
  FULL,
  HOLDS,
  IDS,
  MANY,
  NAMED,
  POLICIES,
  POOLS,
  RESERVES,
  RESTARTS,
} from "../features.js";
import { bondOf, renew } from "../tasks/bonds.js";
import type { FaultPolicy } from "../tasks/ends.js";
import type { FaultLog } from "../tasks/fault-log.js";
import { log } from "./faults.js";
import { clockOf } from "./platform.js";
import {
  GENERATION,
  cancelStrand,
  finished,
  makeStrand,
  pauseStrand,
  resumeStrand,
  tasks,
  wakeStrand,
  type Strand,
} from "./scheduler.js";
import { release, type Pool } from "./pool.js";
import { endTask, ownTask } from "./port.js";

interface CompiledTask {
  readonly name_: string;
  readonly make_: (strand: Strand) => Strand["enter_"];
}

/** A kind of task: its strands that are free; where no kind has more than one, that strand itself. */
export type TaskKind = Pool;

/** See the library's. */
interface TaskOptions {
  readonly pool?: number;
  readonly name?: string;
  readonly restartable?: boolean;
  readonly onFault?: FaultPolicy;
}

export const task = (
  POOLS ? makePool : NAMED || POLICIES || RESTARTS ? makeWithOptions : makeTask
) as typeof makePool;

function makePool(body: CompiledTask, options?: TaskOptions): TaskKind {
  const kind = { firstFree_: null } as TaskKind;
  for (let i = (options && options.pool) || 1; i > 0; i--) {
    const strand = NAMED || POLICIES || RESTARTS ? makeWithOptions(body, options) : makeTask(body);
    strand.pool_ = kind;
    release(strand);
  }
  return kind;
}

function makeWithOptions(body: CompiledTask, options?: TaskOptions): Strand {
  const strand = makeTask(body);
  if (options === undefined) return strand;
  const { name, onFault, restartable } = options;
  if (NAMED && name !== undefined) strand.name_ = name;
  if (POLICIES) strand.policy_ = onFault;
  if (RESTARTS) strand.keepsArguments_ = restartable === true || typeof onFault === "object";
  return strand;
}

function makeTask(body: CompiledTask): Strand {
  const strand = makeStrand(body.name_, MANY ? 1 << tasks.length : 1);
  if (IDS) strand.id_ = tasks.length;
  strand.enter_ = body.make_(strand);
  if (MANY || IDS) tasks.push(strand);
  return strand;
}

/** What {@link trySpawn} gives when all slots of the kind are in use. */
export const BUSY = { toString: () => "BUSY" };

/** The strand for the task that {@link spawn} starts, where it is kept for it. */
let reserved: Strand | null = null;

/** Takes the kind, and the arguments of its function. */
export function spawn(kind: TaskKind): number {
  const strand = (RESERVES && reserved) || (POOLS ? freeStrand(kind) : (kind as unknown as Strand));
  if (RESERVES) reserved = null;
  // eslint-disable-next-line prefer-rest-params -- a rest parameter is a loop in the ES5 that Espruino gets
  const all = arguments;
  // A function takes what to do at the end, and its arguments. That of a task alone knows, and takes the kind.
  if (CALLED_TASKS) all[0] = finished;
  if (FULL && strand.resume_) return fail("E101", strand.name_, DEV && "all of its slots are in use");
  if (BONDS) renewTask(strand, all);
  strand.resume_ = strand.enter_.apply(null, all as never);
  wakeStrand(strand);
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

/** Takes the kind, and the arguments of its function. */
export function trySpawn(kind: TaskKind): unknown {
  if (POOLS ? !kind.firstFree_ : (kind as unknown as Strand).resume_) return BUSY;
  // eslint-disable-next-line prefer-rest-params, prefer-spread
  return spawn.apply(null, arguments as unknown as [TaskKind]);
}

/** Takes the strand that is free for longest, or else gives one that runs. */
function freeStrand(kind: TaskKind): Strand {
  const strand = kind.firstFree_;
  if (!strand) return kind.lastFree_;
  kind.firstFree_ = strand.nextFree_;
  return strand;
}

/** Takes a strand for {@link startClaimed} or {@link giveBack}. */
export function claimStrand(kind: TaskKind): Strand {
  const strand = POOLS ? freeStrand(kind) : (kind as unknown as Strand);
  if (strand.resume_) return fail("E101", strand.name_, DEV && "all of its slots are in use");
  // Nothing wakes it: it only looks as if it ran.
  strand.resume_ = finished;
  return strand;
}

export function startClaimed(strand: Strand, kind: TaskKind, args: unknown[]): number {
  strand.resume_ = null;
  reserved = strand;
  return spawn.apply(null, [kind].concat(args as never) as [TaskKind]); // eslint-disable-line prefer-spread
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
