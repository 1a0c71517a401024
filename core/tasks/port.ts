/**
 * The port between what there is to do with tasks (this folder) and the executor that runs them, in the library's form.
 * Device builds replace this module by `board/port.ts`.
 */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { running, type Strand } from "../scheduler.js";
import { AWAY, isEnd } from "../state.js";
import type { FaultPolicy } from "./ends.js";

/** The strand of the task that runs; null outside of tasks. */
export function ownTask(): Strand | null {
  let strand = running;
  while (strand !== null && strand.parent_ !== null) strand = strand.parent_;
  return strand;
}

/** The same for those who only compare: on boards it takes less. */
export { ownTask as runningTask };

/** Whether the task of `strand` has ended. @throws E134 when it is on another thread */
export function isOver(strand: Strand): boolean {
  if (strand.life_ === AWAY) {
    fail("E134", nameOfStrand(strand), DEV && "is on another thread. Wait for it there");
  }
  return isEnd(strand.life_);
}

/** The name of the task of `strand`. */
export function nameOfStrand(strand: Strand): string {
  return strand.pool_!.kind_.name;
}

/** @throws E452 when the task of `strand` belongs to all threads, where `verb` is for those of one */
export function checkOwn(strand: Strand, verb: string): void {
  strand.executor_.checkOwn_(strand.pool_!.kind_, verb);
}

/** Asks the task of `strand` to end; a paused one goes on, to clean up. */
export function endTask(strand: Strand): void {
  strand.executor_.endTask_(strand);
}

/** The code of the task is over, and it is not: a wake brings it to its end again. Nobody can cancel it any more. */
export function atItsEnd(strand: Strand): void {
  strand.cancel_ = 2;
}

/** Begins the task of `strand` anew, after `delay` ticks. */
export function beginAgain(strand: Strand, args: readonly unknown[], delay: number): void {
  strand.executor_.beginAgain_(strand, args, delay);
}

/** Takes the slot of `strand`, whose task is over, out of those that are free. */
export function unlist(strand: Strand): void {
  strand.executor_.arena.reoccupy(strand.slot_);
}

/** What its kind says of faults. */
export function policyOf(strand: Strand): FaultPolicy {
  return strand.pool_!.kind_.onFault_;
}

/** Tells of the fault that ended, or would have ended, the task of `strand`. */
export function report(strand: Strand): void {
  strand.executor_.fault_(strand, false);
}
