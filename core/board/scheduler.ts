/**
 * The executor of device builds, in the place of the library's `scheduler.ts`: the task set is known at build time.
 *
 *   ready   bit n: task n must be polled        set by wakes, taken back when a poll ends in waiting
 *
 * A pass polls what is ready, lowest bit first, each task once. A task is a chain of small functions, its states.
 * One `try` stands around a whole run of passes; a throw goes on at the handler of the task that ran.
 * Strands have the fields that the program needs (features.ts); those that are not there yet read as undefined.
 */
import { CANCEL, RETURNED, THROWN } from "../answers.js";
import { BUDGET_OF_A_POLL, DEFERRED, DONE, drop, makeOp, type Op } from "../op.js";
import {
  ALONE,
  BONDS,
  BUDGET,
  CANCELS,
  DEADLINES,
  DROPS,
  ENDS,
  FAULTS,
  HANDLERS,
  HOLDS,
  HOWS,
  IDS,
  JUMPS,
  MANY,
  OBSERVED,
  PAUSES,
  POLICIES,
  POOLS,
  PRIORITIES,
  RACES,
  STRANDS,
  TURNS,
  YIELDS,
} from "../features.js";
import { tellEnd } from "../tasks/bonds.js";
import { goesOn } from "../tasks/ends.js";
import { endArm } from "./arm-life.js";
import { fault, isHalted } from "./faults.js";
import { onFault, pend } from "./platform.js";
import { release } from "./pool.js";
import { urgent } from "./priorities.js";
import { tasks } from "./tasks.js";
import { tellBegin, tellEnd as tellTaskEnd, tellIdle, tellPolled, tellReady } from "./observe.js";
import { isPendingStill, readyChildren, type Making, type State, type Step, type Strand } from "./strand.js";

export { clockOf, startTimer, stopTimer } from "./platform.js";
export type { State, Step, Strand } from "./strand.js";

/** Ids of tasks grow by this at each start, so that an old one is stale; below it lies the bit's number. */
export const GENERATION = 32;

/** Stands for the strand being polled while none is; where somebody looks, it has no bit. */
const nobody = { bit_: 0 } as Strand;

/** The strand being polled; the one task of a program where nobody looks who runs. */
export let running: Strand = DROPS ? nobody : null!;

let only: Strand; // the one task of a program that has no other
// @tasks
/** Passes of one run, before the engine may do something else. */
const PASSES = 16;
export let ready = 0;
/** The bit of a task that was woken while it was polled. */
let again = 0;
let aimed: Op | null = null;
/** Whether a task has cancelled itself since the pass began. */
let cancelled = false;
/** Whether a long loop asks for an end of the run. */
let endsSoon = false;
let atOnce = 0;
/** Whether a throw interrupted the pass: what is done between passes has its time later. */
let isRest = false;
/** The bits of tasks that are paused, and of those among them that are ready. */
export let paused = 0;
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

/** Makes `strand`, what compiled code has in the place of a task's function, the strand of the task. */
export function makeTask(strand: Making): Strand {
  if (IDS) strand.id_ = tasks.length;
  if (MANY) strand.bit_ = 1 << (tasks.push(strand) - 1);
  else if (IDS) tasks.push(strand);
  if (ALONE) running = strand;
  else if (!MANY) only = strand;
  if (RACES || CANCELS || STRANDS) equip(strand, null);
  else if (DROPS) strand.done_ = notify;
  strand.enter_ = strand.make_(strand);
  return strand;
}

/** Gives a strand, that of an arm of `parent` or of a task, what the program needs. */
export function equip(strand: Making, parent: Strand | null): Strand {
  if (RACES) {
    const op = makeOp(strand as never);
    for (const field in op) strand[field as "value_"] = op[field as "value_"];
    strand.waitsIn_ = null;
  }
  strand.done_ = notify;
  if (TURNS) strand.how_ = RETURNED;
  if (CANCELS) strand.cancel_ = 0;
  if (STRANDS) strand.parent_ = parent;
  return strand;
}

/** Makes `strand` ready. Where no future is given up, one that is being polled sees for itself that it need not wait. */
export function wakeStrand(strand: Strand): void {
  if (!DROPS && !ALONE && strand === running) return;
  if (STRANDS) readyChildren(strand);
  if (HOLDS && paused & strand.bit_) {
    kept |= strand.bit_;
    return;
  }
  if (!MANY) {
    pend(runOnly, 0); // Nobody else wakes it until it has run.
    return;
  }
  if (OBSERVED && !(ready & strand.bit_)) tellReady(strand, ready | strand.bit_);
  // A run that is on, or was asked for, looks for itself.
  if (!ready && (DROPS ? running === nobody : !running)) pend(run, 0);
  ready |= strand.bit_;
  if (DROPS && strand.bit_ === running.bit_) again = strand.bit_;
}

/** The `done_` of what a strand waits for. One that is being polled sees for itself that it need not wait. */
export function notify(op: Op): void {
  if (BUDGET && op.state_ === DONE && (RACES ? op.strand_ : op) === (running as unknown) && isSpent()) {
    op.state_ = DEFERRED;
    wakeStrand(running);
  }
  if ((RACES ? op.strand_ : op) !== (running as unknown))
    wakeStrand((RACES ? op.strand_ : op) as unknown as Strand);
}

/** Counts a wait of this poll that was over at once; whether others, and the engine, come first now. */
export function isSpent(): boolean {
  return ++atOnce > BUDGET_OF_A_POLL && (endsSoon = true);
}

/** A long loop's answer: it lets others run, and the engine. */
export function pause(): Step {
  return void (endsSoon = true);
}

/** Polls the ready tasks; what `pend` calls. With priorities each turn is a pass. */
export function run(): void {
  let left = PRIORITIES ? PASSES * tasks.length : PASSES;
  if (PAUSES) endsSoon = false;
  if (CANCELS || HOLDS || PAUSES || POLICIES) isRest = false;
  /** The bits of those who have a turn in this pass: after a throw that of the task that threw, and those behind it. */
  let turns = -1;
  let step: Step;
  // @named
  for (;;) {
    try {
      // Passes of those that yield are too many to look at turns in them.
      if (YIELDS && !RACES && !CANCELS && turns !== -1) {
        for (const task of tasks) if (ready & turns & task.bit_) pollTask(task);
        if (HOLDS || PAUSES || POLICIES) isRest = false;
        turns = -1;
        left--;
      }
      for (; ready && left-- && !(((PAUSES && endsSoon) || (POLICIES && isHalted)) && !isRest);) {
        if (CANCELS && cancelled && !isRest) turnCancelled();
        if (HOLDS && !isRest) holdBack();
        if (CANCELS || HOLDS || PAUSES || POLICIES) isRest = false;
        if (PRIORITIES) {
          if (ready & turns) pollTask(urgent(ready & turns));
          continue;
        }
        // @unroll
        for (const task of tasks) {
          if (RACES || CANCELS || BUDGET || OBSERVED || DEADLINES || !YIELDS) {
            if (ready & turns & task.bit_) pollTask(task);
          } else if (ready & task.bit_ && (step = (running = task).resume_!())) settle(task.bit_, step);
        }
        if (!YIELDS || RACES || CANCELS) turns = -1;
      }
      break;
    } catch (error) {
      if (DROPS || ENDS) thrown(error);
      else if (TURNS) running.resume_ = unwind(THROWN, error);
      else onFault(running.name_, error);
      // Its handler has the turn, in the same pass. A task that catches nothing is over.
      if (PRIORITIES) turns = TURNS ? running.bit_ : -1;
      else turns = TURNS ? -running.bit_ : -2 * running.bit_;
      if (CANCELS || HOLDS || PAUSES || POLICIES) isRest = true;
      if (!TURNS) ready &= ~running.bit_;
      left++;
    }
  }
  running = DROPS ? nobody : null!;
  if (OBSERVED && ready === 0) tellIdle();
  if (ready && !(POLICIES && isHalted)) pend(run, 0);
}

/** As {@link run}, for the only task: called when that is ready, by what it waited for or by `pend`. */
export function runOnly(): void {
  if (!ALONE) running = only;
  if (PAUSES) endsSoon = false;
  let step: Step;
  if (TURNS) {
    for (let left = PASSES; ;) {
      try {
        while (!step && left-- && !(PAUSES && endsSoon))
          for (step = running.resume_!(); (!YIELDS || step) && step !== 1;) step = (step as State)();
        break;
      } catch (error) {
        if (ENDS) thrown(error);
        else running.resume_ = unwind(THROWN, error);
        step = undefined;
        left++;
      }
    }
  } else {
    try {
      if (YIELDS) {
        for (let left = PASSES; !step && left-- && !(PAUSES && endsSoon);)
          for (step = running.resume_!(); step && step !== 1;) step = step();
      } else {
        step = running.resume_!();
        if (JUMPS) while (step !== 1) step = (step as State)();
      }
    } catch (error) {
      if (ENDS) thrown(error);
      else onFault(running.name_, error);
      step = 1;
    }
  }
  if (!ALONE) running = null!;
  if (YIELDS && !step) pend(runOnly, 0);
}

/** Polls a task until it waits; it is ready no more unless it was woken meanwhile. */
function pollTask(task: Strand): void {
  running = task;
  if (OBSERVED) tellBegin(task);
  if (DEADLINES) task.polls_ = (task.polls_ + 1) | 0;
  let step = (RACES || CANCELS) && isPendingStill(task) ? 1 : task.resume_!();
  if (YIELDS) {
    if (step) settle(task.bit_, step);
  } else {
    if (JUMPS) while (step !== 1) step = (step as State)();
    if (DROPS && again === task.bit_) again = 0;
    else ready &= ~task.bit_;
  }
  if (OBSERVED) tellPolled(task, ready);
  if (BUDGET) atOnce = 0;
}

/** Follows the states of the task with `bit` until it waits or yields; as at {@link pollTask}. */
function settle(bit: number, step: Step): void {
  while (step && step !== 1) step = step();
  if (!step) return;
  if (DROPS && again === bit) again = 0;
  else ready &= ~bit;
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const outer = running;
  running = strand;
  strand.ready_ = false;
  let step: Step = !strand.resume_ || isPendingStill(strand) ? 1 : strand.resume_;
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
  // Cleanup that throws ends the cancel of a task, not that of an arm: as in core/scheduler.ts.
  if (CANCELS && running.cancel_ === 2 && !running.parent_) running.cancel_ = 0;
  if (TURNS) running.resume_ = unwind(THROWN, error);
  else {
    if (ENDS) running.resume_ = null;
    onFault(running.name_, error);
  }
}

/** The innermost handler of the strand that is polled, or its end. */
export function unwind(how: number, value: unknown): State {
  running.value_ = value;
  if (HOWS) running.how_ = how;
  if (HANDLERS && running.handler_) return running.handler_;
  if (!HOWS && (BONDS || FAULTS || POLICIES || OBSERVED)) running.how_ = how;
  else if (!HOWS) onFault(running.name_, value);
  return finished;
}

/** What the outermost function of a strand returns to: its end, which leaves the strand as a new one, if that takes anything. */
export const finished = (ENDS || DROPS || TURNS || POOLS || FAULTS || POLICIES ? end : 1) as State;

function end(): Step {
  if (ENDS) running.resume_ = null;
  // Nothing is left behind that nobody awaited.
  if (DROPS) drop(running as unknown as Op);
  if (CANCELS) running.cancel_ = 0;
  if (RACES) running.waitsIn_ = null;
  if (STRANDS && running.exit_) {
    const arm = running;
    // It sees the end for itself, and need not be woken.
    running = arm.parent_!;
    endArm(arm);
  } else if (!BONDS || !running.bond_ || !goesOn(running as never, running.bond_)) endTask();
  return 1;
}

function endTask(): void {
  // A wake during its last poll is not for the next task of the slot.
  if (RACES || CANCELS) ready &= ~running.bit_;
  if (HOLDS) paused &= ~running.bit_;
  if (POOLS) release(running);
  if (OBSERVED) tellTaskEnd(running);
  if (BONDS || FAULTS || POLICIES) {
    const isHeard = BONDS && running.bond_ && tellEnd(running as never, running.bond_);
    if (running.how_ === THROWN) fault(running, isHeard);
  } else if ((HOWS || OBSERVED) && running.how_ === THROWN) onFault(running.name_, running.value_);
  // Who asks later how a task ended asks before the next one begins.
  if ((HOWS || FAULTS || POLICIES || OBSERVED) && !BONDS) running.how_ = RETURNED;
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

/** Asks a strand to end: its `finally` blocks run from its next poll on. */
export function cancelStrand(strand: Strand): void {
  if (!strand.resume_ || strand.cancel_ !== 0) return;
  strand.cancel_ = 1;
  // A task that cancels itself, by a strand of it too, goes on to its next await, which sets `resume_`.
  if (!strand.parent_ && strand.bit_ === running.bit_) cancelled = true;
  else turnToCancel(strand);
  wakeStrand(strand);
}

function turnToCancel(strand: Strand): void {
  if (strand.resume_) strand.resume_ = beginCancel;
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
  return unwind(CANCEL, undefined);
}
