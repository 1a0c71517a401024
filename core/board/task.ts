/** Kinds of tasks in device builds: the names of the library's `task.ts` and `arena.ts`, over strands with a bit each. */
import { HOLDS, POOLS, RESTARTS } from "../features.js";
import type { FaultLog } from "../tasks/fault-log.js";
import { log } from "./faults.js";
import type { Pool as TaskKind } from "./pool.js";
import { endTask, ownTask } from "./port.js";
import { GENERATION, cancelStrand, finished, pauseStrand, resumeStrand, type Strand } from "./scheduler.js";
import { spawn } from "./spawn.js";
import { tasks } from "./tasks.js";

export * from "./spawn.js";

/** What {@link trySpawn} gives when all slots of the kind are in use. */
export const BUSY = { toString: () => "BUSY" };

/** The factory of a task whose function is awaited elsewhere too: `make` is that of the function. */
export function ending(make: Strand["make_"]): Strand["make_"] {
  return (strand) => {
    const enter = make(strand);
    return function () {
      // eslint-disable-next-line prefer-rest-params -- a rest parameter is a loop in the ES5 of Espruino
      const all = arguments;
      all[0] = finished;
      // eslint-disable-next-line prefer-spread
      return enter.apply(null, all as never);
    };
  };
}

/** Takes the kind, and the arguments of its function. */
export function trySpawn(kind: TaskKind): unknown {
  if (POOLS ? !kind.firstFree_ : (kind as unknown as Strand).resume_) return BUSY;
  // eslint-disable-next-line prefer-rest-params, prefer-spread
  return spawn.apply(null, arguments as unknown as [Strand]);
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
