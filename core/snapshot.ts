/** What the tasks of an executor are doing, for tables and consoles. */
import type { Executor } from "./executor.js";
import { FREE, STATE_NAMES } from "./state.js";

/** One slot that has been used. */
export interface TaskInfo {
  /** Its place in the arena, from 0. */
  readonly slot: number;
  /** The name of its kind. */
  readonly name: string;
  /** ready, running, waiting, done, faulted or cancelled. */
  readonly state: string;
  /** Turns that the task had. */
  readonly polls: number;
  /** Times that something woke it. */
  readonly wakes: number;
  /** The await where it is suspended, as the author wrote it, with its line; empty when it is not. */
  readonly waitsFor: string;
}

/** Describes every slot that has been used. Cost: O(slots); allocates the answer. */
export function snapshot(executor: Executor): TaskInfo[] {
  const { arena } = executor;
  const tasks: TaskInfo[] = [];
  for (let slot = 0; slot < arena.used; slot++) {
    const strand = arena.strandOf(slot);
    if (strand.life_ === FREE) continue;
    const kind = arena.kindOf(slot);
    const frame = strand.frame_ === null ? null : arena.frameOf(slot);
    const waits = frame === null ? undefined : kind.waits_[frame.pc_];
    tasks.push({
      slot,
      name: kind.name,
      state: STATE_NAMES[strand.life_]!,
      polls: strand.polls_,
      wakes: strand.wakes_,
      waitsFor: waits === undefined ? "" : waits,
    });
  }
  return tasks;
}
