/**
 * The executor of device builds, in the place of the library's `scheduler.ts`: the task set is known at build time.
 *
 *   ready   bit n: task n must be polled        set by wakes, taken back when a poll ends in waiting
 *
 * A pass polls what is ready, lowest bit first, each task once. A task is a chain of small functions, its states.
 * One `try` stands around a whole run of passes; a throw goes on at the handler of the task that ran.
 *
 * Strands have the fields that the program needs (features.ts); those that are not there yet read as undefined.
 */
import { CANCEL, RETURNED, THROWN } from "../answers.js";
import { DONE, PENDING, complete, completeWithError, drop, makeOp, type Op } from "../op.js";
import {
  ALONE,
  BONDS,
  CANCELS,
  DROPS,
  ENDS,
  HANDLERS,
  HOLDS,
  JUMPS,
  MANY,
  ONE_POLL,
  PAUSES,
  POLICIES,
  POOLS,
  RACES,
  STRANDS,
  TURNS,
  YIELDS,
} from "../features.js";
import { tellEnd } from "../tasks/bonds.js";
import { goesOn } from "../tasks/ends.js";
import { fault, isHalted } from "./faults.js";
import { onFault, pend } from "./platform.js";
import { release } from "./pool.js";
import type { State, Step, Strand } from "./strand.js";

export { clockOf, startTimer, stopTimer } from "./platform.js";
export type { State, Step, Strand } from "./strand.js";

/** Ids of tasks grow by this at each start, so that an old one is stale; below it lies the bit's number. */
export const GENERATION = 32;

/** Stands for the strand being polled while none is, where somebody looks. */
const nobody = { bit_: 0 } as Strand;

/** The strand being polled; the one task of a program where nobody looks who runs. */
export let running: Strand = DROPS ? nobody : null!;

/** All tasks, by bit. */
export const tasks: Strand[] = [];
/** The one task of a program that has no other. */
let only: Strand;
// @tasks

/** Passes of one run, before the engine may do something else. */
const PASSES = 16;

let ready = 0;
/** The bit of a task that was woken while it was polled. */
let again = 0;
/** Whether a run is on, or will be. */
export let isPended = false;
let aimed: Op | null = null;
/** Whether a task has cancelled itself since the pass began. */
let cancelled = false;
/** Whether a long loop asks for an end of the run. */
let endsSoon = false;
/** The bits of tasks that are paused, and of those among them that are ready. */
let paused = 0;
let kept = 0;

/** Makes the next leaf future use `op`. */
export function aim(op: Op): void {
  aimed = op;
}

/** The operation for the leaf future being made. */
export function operation(): Op {
  const op = RACES ? aimed : null;
  if (op === null) return running as unknown as Op;
  aimed = null;
  return op;
}

/** The task that runs, as one value for all of its strands. Outside of tasks one that no task has. */
export function runningTask(): unknown {
  return MANY ? running && running.bit_ : running;
}

/** Makes the strand of a task, or that of an arm when it has a parent. */
export function makeStrand(name: string, bit: number, parent?: Strand): Strand {
  // These engines look for a field from the first one on: those of a switch come first.
  const strand = (MANY
    ? { resume_: null, bit_: bit, done_: notify, name_: name }
    : { resume_: null, done_: notify, name_: name }) as unknown as {
    -readonly [K in keyof Strand]: Strand[K];
  };
  if (RACES) {
    copyFields(makeOp(strand as never), strand);
    strand.done_ = notify;
    strand.waitsIn_ = null;
  }
  if (TURNS) strand.how_ = RETURNED;
  if (CANCELS) strand.cancel_ = 0;
  if (STRANDS) strand.parent_ = parent ?? null;
  if (ALONE) running = strand;
  else if (!MANY) only = strand;
  return strand;
}

function copyFields(from: Op, to: object): void {
  for (const field in from) (to as Record<string, unknown>)[field] = from[field as keyof Op];
}

/** Makes `strand` ready. */
export function wakeStrand(strand: Strand): void {
  if (STRANDS) readyChildren(strand);
  if (HOLDS && paused & strand.bit_) {
    kept |= strand.bit_;
    return;
  }
  if (MANY) ready |= strand.bit_;
  else if (!ONE_POLL) ready = 1;
  if (DROPS && strand.bit_ === running.bit_) again = strand.bit_;
  // A task that nobody else could wake waits until this one wake: it is pended once.
  if (MANY || DROPS) {
    if (isPended) return;
    isPended = true;
  }
  pend(MANY ? run : ONE_POLL ? pollOnly : runOnly);
}

/** Notes which arms of a task must be polled on the way down to `strand`. */
function readyChildren(strand: Strand): void {
  for (let each = strand; each.parent_; each = each.parent_) each.ready_ = true;
}

/** The `done_` of what a strand waits for. One that is being polled sees for itself that it need not wait. */
export function notify(op: Op): void {
  const strand = (RACES ? op.strand_ : op) as unknown as Strand;
  if (ALONE || strand !== running) wakeStrand(strand);
}

/** Readies the strand of an arm to run from `first` on. */
export function startStrand(strand: Strand, first: State): void {
  strand.exit_!.state_ = PENDING;
  strand.resume_ = first;
}

/** A long loop's answer: it lets others run, and the engine. */
export function pause(): Step {
  endsSoon = true;
  return undefined;
}

/**
 * Polls the ready tasks; what `pend` calls. After a throw the rest of the pass is for the task that threw and those
 * behind it: what else is ready had its turn, and is held back.
 */
export function run(): void {
  let left = PASSES;
  if (PAUSES) endsSoon = false;
  let held = 0;
  /** Passes that are left after the rest of one. */
  let after = 0;
  let step: Step;
  // @named
  for (;;) {
    try {
      while (ready && left-- && !(PAUSES && endsSoon && !after) && !(POLICIES && isHalted && !after)) {
        if (CANCELS && cancelled && !after) turnCancelled();
        if (HOLDS && !after) holdBack();
        // @unroll
        for (const task of tasks) {
          if (RACES || CANCELS) pollTask(task);
          else if (!YIELDS) {
            if (ready & task.bit_) settle(task.bit_, (running = task).resume_!());
          } else if (ready & task.bit_ && (step = (running = task).resume_!())) settle(task.bit_, step);
        }
      }
      if (!after) break;
      left = after - 1;
      after = 0;
      ready |= held;
      held = 0;
    } catch (error) {
      thrown(error);
      after = after || left + 1;
      left = 1;
      held |= ready & (running.bit_ - 1);
      // A task that catches nothing is over.
      ready &= TURNS ? -running.bit_ : -2 * running.bit_;
    }
  }
  running = DROPS ? nobody : null!;
  isPended = ready !== 0 && !(POLICIES && isHalted);
  if (isPended) pend(run);
}

/** As {@link run}, for the only task: there is no pass to finish after a throw. */
export function runOnly(): void {
  let left = PASSES;
  if (PAUSES) endsSoon = false;
  if (!ALONE) running = only;
  for (;;) {
    try {
      while (ready && left-- && !(PAUSES && endsSoon)) {
        let step: Step = (RACES || CANCELS) && isPendingStill(running) ? 1 : running.resume_!();
        if (JUMPS) while ((!YIELDS || step) && step !== 1) step = (step as State)();
        if (YIELDS && !step) continue;
        if (DROPS && again) again = 0;
        else ready = 0;
      }
      break;
    } catch (error) {
      thrown(error);
      if (!TURNS) ready = 0;
      left++;
    }
  }
  if (!ALONE) running = DROPS ? nobody : null!;
  if (DROPS) isPended = ready !== 0;
  if (ready) pend(runOnly);
}

/** As {@link runOnly}, where the task neither yields nor catches: one poll. */
export function pollOnly(): void {
  if (!ALONE) running = only;
  try {
    let step: Step = running.resume_!();
    if (JUMPS) while (step !== 1) step = (step as State)();
  } catch (error) {
    thrown(error);
  }
  if (!ALONE) running = null!;
}

/** Polls the only task at once: what it waits for is a timer of its own, and that has called. */
export function resumeOnly(): void {
  if (ONE_POLL) pollOnly();
  else {
    ready = 1;
    runOnly();
  }
}

function pollTask(task: Strand): void {
  if (!(ready & task.bit_)) return;
  running = task;
  const step = isPendingStill(task) ? 1 : task.resume_!();
  if (!YIELDS || step) settle(task.bit_, step);
}

/** Whether `strand` was woken for an arm that is gone since. */
function isPendingStill(strand: Strand): boolean {
  return strand.state_ === PENDING && strand.cancel_ !== 1;
}

/** Follows the states of the task with `bit` until it waits; it is ready no more unless it was woken meanwhile. */
function settle(bit: number, step: Step): void {
  if (JUMPS) while ((!YIELDS || step) && step !== 1) step = (step as State)();
  if (YIELDS && !step) return;
  if (DROPS && again === bit) again = 0;
  else ready &= ~bit;
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const outer = running;
  running = strand;
  strand.ready_ = false;
  let step: Step = strand.resume_ === null || isPendingStill(strand) ? 1 : strand.resume_;
  for (;;) {
    try {
      while (step && step !== 1) step = step();
      if (!step) wakeStrand(strand);
      break;
    } catch (error) {
      thrown(error);
      step = strand.resume_!;
    }
  }
  running = outer;
  if (strand.cancel_ === 1) turnToCancel(strand);
}

/** Sends the strand that threw to its handler, or else ends it. */
function thrown(error: unknown): void {
  // The throw may have come from the arguments of an arm: its operation is for nobody else.
  if (RACES) aimed = null;
  if (DROPS) drop(running as unknown as Op);
  if (RACES && running.waitsIn_ !== null) running.waitsIn_.disband_();
  // Cleanup that throws ends the cancel: whoever catches that goes on, and can be cancelled again.
  if (CANCELS && running.cancel_ === 2) running.cancel_ = 0;
  if (TURNS) running.resume_ = unwind(running, THROWN, error);
  else {
    if (ENDS) running.resume_ = null;
    onFault(running.name_, error);
  }
}

/** The innermost handler, or the end of the strand. */
export function unwind(strand: Strand, how: number, value: unknown): State {
  strand.how_ = how;
  strand.value_ = value;
  return (HANDLERS && strand.handler_) || finished;
}

/** What the outermost function of a strand returns to: its end, which leaves the strand as a new one. */
export function finished(): Step {
  const strand = running;
  if (ENDS) strand.resume_ = null;
  // Nothing is left behind that nobody awaited.
  if (DROPS) drop(strand as unknown as Op);
  if (CANCELS) strand.cancel_ = 0;
  if (RACES) strand.waitsIn_ = null;
  const how = TURNS ? strand.how_ : RETURNED;
  if (BONDS && strand.bond_ && !strand.exit_ && goesOn(strand as never, strand.bond_)) return 1;
  if (TURNS) strand.how_ = RETURNED;
  if (STRANDS && strand.exit_) {
    // A parent that is being polled sees the end for itself, and need not be woken.
    running = strand.parent_!;
    end(strand, strand.exit_, how);
    return 1;
  }
  // A wake during its last poll is not for the next task of the slot.
  if (RACES || CANCELS) ready &= ~strand.bit_;
  if (HOLDS) paused &= ~strand.bit_;
  if (POOLS) release(strand);
  // For those who ask later.
  if (BONDS) strand.how_ = how;
  const isHeard = BONDS && strand.bond_ && tellEnd(strand as never, strand.bond_);
  if (TURNS && how === THROWN) fault(strand, isHeard);
  return 1;
}

/** Gives a task no turn; one that runs goes on to its next wait. */
export function pauseStrand(strand: Strand): void {
  if (!strand.resume_ || strand.cancel_) return;
  if (!(paused & strand.bit_)) kept &= ~strand.bit_;
  paused |= strand.bit_;
  if (strand.bit_ !== running.bit_) holdBack();
}

/** What is paused is not ready. */
function holdBack(): void {
  kept |= ready & paused;
  ready &= ~paused;
}

/** Lets a paused task go on. */
export function resumeStrand(strand: Strand): void {
  if (!(paused & strand.bit_)) return;
  paused &= ~strand.bit_;
  if (!(kept & strand.bit_)) return;
  kept &= ~strand.bit_;
  wakeStrand(strand);
}

/** Tells whoever waits for a strand that it is over. */
function end(strand: Strand, exit: Op, how: number): void {
  if (how === RETURNED) complete(exit, strand.value_);
  else if (how === THROWN) completeWithError(exit, strand.value_);
  else exit.state_ = DONE; // the one who cancelled it is looking
}

/** Asks a strand to end: its `finally` blocks run from its next poll on. */
export function cancelStrand(strand: Strand): void {
  if (strand.resume_ === null || strand.cancel_ !== 0) return;
  strand.cancel_ = 1;
  // A task that cancels itself, or that a strand of it cancels, goes on to its next await, which sets `resume_`.
  if (!strand.parent_ && strand.bit_ === running.bit_) cancelled = true;
  else turnToCancel(strand);
  wakeStrand(strand);
}

function turnToCancel(strand: Strand): void {
  if (strand.resume_ !== null) strand.resume_ = beginCancel;
}

/** Turns the tasks that cancelled themselves, now that each of them waits. */
function turnCancelled(): void {
  cancelled = false;
  for (let i = 0; i < tasks.length; i++) if (tasks[i]!.cancel_ === 1) turnToCancel(tasks[i]!);
}

function beginCancel(): Step {
  const strand = running;
  if (RACES && strand.waitsIn_ !== null && !strand.waitsIn_.disband_()) return 1;
  strand.waitsIn_ = null;
  drop(strand as unknown as Op);
  strand.cancel_ = 2;
  return unwind(strand, CANCEL, undefined);
}
