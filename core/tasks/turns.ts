/** What a watchdog asks of tasks, in the library's form. Device builds have `board/turns.ts` in the place of this. */
import { currentExecutor } from "../executor.js";
import type { Strand } from "../scheduler.js";
import { READY, WAITING } from "../state.js";

const NONE: readonly Strand[] = [];

/** A strand for each task that there is a place for, by slot. */
export function everyStrand(): readonly Strand[] {
  const executor = currentExecutor();
  return executor === null ? NONE : executor.arena.strands;
}

/** How often the task of `strand` has a turn at least; 0 where no kind says it, and where it has none: it is over, or paused. */
export function deadlineOf({ life_: life, executor_: executor, slot_: slot }: Strand): number {
  return life >= READY && life <= WAITING ? executor.arena.kindOf(slot).deadline : 0;
}
