/**
 * Handing a suspended shared task to another thread: what its strand waits for goes into the task's words, and the
 * strand of the same slot there goes on with it. Nothing of the task is left here.
 *
 *   WAITS   0  nothing: it is ready         1  a timer, with deadline AT and REST ticks beyond it
 *
 * The words are plain memory: the threads must agree by other means who has a task (a store and a load of one word
 * by Atomics order all that lies before and after them). Their clocks must count from the same moment.
 */
import type { TaskId } from "../arena.js";
import type { Executor } from "../executor.js";
import { IDLE, PENDING, keep } from "../op.js";
import { stopTimer } from "../scheduler.js";
import type { Strand } from "../scheduler.js";
import * as state from "../state.js";
import type { Instant } from "../types.js";
import { AT, CANCEL, REST, WAITS, keepsObjects, type Region } from "./region.js";

const READY = 0;
const TIMER = 1;

/**
 * Gives up a task for another thread to {@link takeOver}; false when it cannot go now: it is over, or running, or
 * has frames of this thread, waits for something of this thread, or keeps an error in a `finally` that waits.
 *
 * Cost: O(depth of its calls); allocates nothing.
 */
export function handOver(executor: Executor, id: TaskId): boolean {
  const { arena } = executor;
  const slot = arena.slotOf(id);
  if (slot < 0 || arena.kindOf(slot).words_ === 0) return false;
  const strand = arena.strandOf(slot);
  const region = strand.frame_ as Region | null;
  if (region === null || !canLeave(strand, region) || !state.depart(strand)) return false;
  const { words_: words, base_: base } = region;
  if (strand.state_ === PENDING) executor.timers.stop(strand);
  // A task that shall end does not wait for its timer.
  const isTimed = strand.state_ === PENDING && strand.cancel_ !== 1;
  words[base + CANCEL] = strand.cancel_;
  words[base + WAITS] = isTimed ? TIMER : READY;
  words[base + AT] = strand.at_;
  region.doubles_[(base + REST) >> 1] = isTimed ? (strand.rest_ as number) : 0;
  strand.state_ = IDLE;
  strand.frame_ = null;
  return true;
}

function canLeave(strand: Strand, region: Region): boolean {
  const waitsHere = strand.waitsIn_ !== null || (strand.state_ !== IDLE && strand.drop_ !== stopTimer);
  return !waitsHere && !keepsObjects(region);
}

/**
 * Goes on with a task that another thread, which runs the same code over the same memory, handed over.
 *
 * Cost: that of its timer; allocates nothing.
 */
export function takeOver(executor: Executor, id: TaskId): void {
  const { arena } = executor;
  const slot = arena.rename(id);
  const strand = arena.strandOf(slot);
  const region = arena.frameOf(slot) as Region;
  const { words_: words, base_: base } = region;
  const isTimed = words[base + WAITS] === TIMER;
  strand.frame_ = region;
  strand.how_ = 0;
  strand.cancel_ = words[base + CANCEL]!;
  strand.waitsIn_ = null;
  strand.state_ = isTimed ? PENDING : IDLE;
  strand.claim_ = null;
  strand.final_ = false;
  strand.source_ = null;
  strand.drop_ = isTimed ? stopTimer : keep;
  executor.adopt_(slot, !isTimed, words[base + AT]! as Instant, region.doubles_[(base + REST) >> 1]!);
}
