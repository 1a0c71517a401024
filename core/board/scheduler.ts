/**
 * The executor of device builds, in the place of the library's `scheduler.ts`: the task set is known at build time.
 *
 *   ready   bit n: task n must be polled        set by wakes, taken back when a poll ends in waiting
 *   next    the state to go on with at once     set by `go`, followed by `settle`
 *
 * A pass polls what is ready, lowest bit first, each task once. A task is a chain of small functions, its states.
 * One `try` stands around a whole run of passes; a throw goes on at the handler of the task that ran.
 */
import { DONE, PENDING, complete, completeWithError, drop, makeOp, type Op } from "../op.js";
import { CANCELS, HANDLERS, PAUSES, RACES, STRANDS } from "./features.js";
import { onFault, pend } from "./platform.js";

export { startTimer, stopTimer } from "./platform.js";

/**
 * A state of a task. It answers nothing when the task waits, or goes on at once in the state that it named by
 * {@link go}; and a true value when it lets others run and stays ready, which is what costs least.
 */
export type State = () => unknown;

/** Ids of tasks grow by this at each start, so that an old one is stale; below it lies the bit's number. */
export const GENERATION = 32;

const RETURNED = 0;
const THROWN = 1;
const CANCEL = 3;

/** One line of control; see the library's scheduler. Its frame is what its state functions close over. */
export interface Strand extends Omit<Op, "strand_"> {
  resume_: State | null;
  handler_: State | null;
  how_: number;
  cancel_: number;
  ready_: boolean;
  waitsIn_: { disband_(): boolean } | null;
  readonly parent_: Strand | null;
  exit_: Op | null;
  /** The task's bit; a child has that of its task. */
  readonly bit_: number;
  readonly name_: string;
  /** Takes what to do at the end and the arguments, and gives the first state. */
  enter_: (...args: unknown[]) => State;
  id_: number;
}

/** Stands for the strand being polled while none is. */
const nobody = { bit_: 0 } as unknown as Strand;

/** The strand being polled. */
export let running = nobody;

/** All tasks, by bit. */
export const tasks: Strand[] = [];
// @tasks

/** Passes of one run, before the engine may do something else. */
const PASSES = 16;

let ready = 0;
let next: State | null = null;
/** The bit of a task that was woken while it was polled. */
let again = 0;
let isPended = false;
let aimed: Op | null = null;
/** Whether a task has cancelled itself since the pass began. */
let cancelled = false;
/** Whether a long loop asks for an end of the run. */
let endsSoon = false;

/** Makes the next leaf future use `op`. */
export function aim(op: Op): void {
  aimed = op;
}

/** The operation for the leaf future being made. */
export function operation(): Op {
  const op = aimed;
  if (op === null) return running as unknown as Op;
  aimed = null;
  return op;
}

/** Makes the strand of a task, or that of an arm when it has a parent. */
export function makeStrand(parent: Strand | null, bit: number, name: string): Strand {
  // These engines look for a field from the first one on: those of a switch come first.
  const strand = { resume_: null, bit_: bit } as unknown as { -readonly [K in keyof Strand]: Strand[K] };
  const op = makeOp(strand as never) as unknown as Record<string, unknown>;
  for (const field in op) (strand as unknown as Record<string, unknown>)[field] = op[field];
  strand.done_ = notify;
  strand.handler_ = strand.waitsIn_ = strand.exit_ = null;
  strand.how_ = strand.cancel_ = strand.id_ = 0;
  strand.ready_ = false;
  strand.parent_ = parent;
  strand.name_ = name;
  return strand;
}

/** Makes `strand` ready. */
export function wakeStrand(strand: Strand): void {
  if (STRANDS) readyChildren(strand);
  ready |= strand.bit_;
  if (strand.bit_ === running.bit_) again = strand.bit_;
  if (isPended) return;
  isPended = true;
  pend(run);
}

/** Notes which arms of a task must be polled on the way down to `strand`. */
function readyChildren(strand: Strand): void {
  for (let each = strand; each.parent_ !== null; each = each.parent_) each.ready_ = true;
}

/** The `done_` of what a strand waits for. One that is being polled sees for itself that it need not wait. */
export function notify(op: Op): void {
  if (op.strand_ !== (running as unknown)) wakeStrand(op.strand_ as unknown as Strand);
}

/** Readies `strand` to run from `first` on. */
export function startStrand(strand: Strand, first: State): void {
  if (STRANDS && strand.exit_ !== null) strand.exit_.state_ = PENDING;
  strand.resume_ = first;
  strand.handler_ = strand.waitsIn_ = null;
  strand.how_ = strand.cancel_ = 0;
}

/** Goes on in `state` once the state that calls this is over. */
export function go(state: State): void {
  next = state;
}

/** A long loop's answer: it lets others run, and the engine. */
export function pause(): number {
  endsSoon = true;
  return 1;
}

/** Polls the ready tasks; what `pend` calls. */
export function run(): void {
  let left = PASSES;
  if (PAUSES) endsSoon = false;
  /** The task whose throw interrupted a pass. */
  let at = -1;
  // @named
  for (;;) {
    try {
      if (at >= 0) {
        settle(running.bit_);
        while (++at < tasks.length) pollTask(tasks[at]!);
        at = -1;
      }
      while (ready && left-- && !(PAUSES && endsSoon)) {
        if (CANCELS && cancelled) turnCancelled();
        // @unroll
        for (const task of tasks) {
          if (RACES || CANCELS) pollTask(task);
          else if (ready & task.bit_ && !(running = task).resume_!()) settle(task.bit_);
        }
      }
      break;
    } catch (error) {
      at = running.id_ % GENERATION;
      thrown(error);
    }
  }
  running = nobody;
  isPended = ready !== 0;
  if (isPended) pend(run);
}

function pollTask(task: Strand): void {
  if (!(ready & task.bit_)) return;
  running = task;
  if (((RACES || CANCELS) && isPendingStill(task)) || !task.resume_!()) settle(task.bit_);
}

/** Whether `task` was woken for an arm that is gone since. */
function isPendingStill(task: Strand): boolean {
  return task.state_ === PENDING && task.cancel_ !== 1;
}

/** Follows the states of the task with `bit` until it waits; it is ready no more unless it was woken meanwhile. */
function settle(bit: number): void {
  if (follow()) return;
  if (again === bit) again = 0;
  else ready &= ~bit;
}

/** Runs `next` and what follows it; whether the last one lets others run. */
function follow(): unknown {
  let yields: unknown;
  while (next !== null) {
    const state = next;
    next = null;
    yields = state();
  }
  return yields;
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const outer = running;
  running = strand;
  strand.ready_ = false;
  next = strand.resume_;
  for (;;) {
    try {
      if (follow()) wakeStrand(strand);
      break;
    } catch (error) {
      thrown(error);
    }
  }
  running = outer;
  if (strand.cancel_ === 1) turnToCancel(strand);
}

function thrown(error: unknown): void {
  // The throw may have come from the arguments of an arm: its operation is for nobody else.
  if (RACES) aimed = null;
  drop(running as unknown as Op);
  if (RACES && running.waitsIn_ !== null) running.waitsIn_.disband_();
  // Cleanup that throws ends the cancel: whoever catches that goes on, and can be cancelled again.
  if (CANCELS && running.cancel_ === 2) running.cancel_ = 0;
  unwind(running, THROWN, error);
}

/** Goes to the innermost handler, or ends the strand. */
export function unwind(strand: Strand, how: number, value: unknown): void {
  strand.how_ = how;
  strand.value_ = value;
  next = HANDLERS && strand.handler_ !== null ? strand.handler_ : finished;
}

/** What the outermost function of a strand returns to: its end. */
export function finished(): undefined {
  const strand = running;
  strand.resume_ = null;
  // Nothing is left behind that nobody awaited.
  drop(strand as unknown as Op);
  if (STRANDS && strand.exit_ !== null) {
    // A parent that is being polled sees the end for itself, and need not be woken.
    running = strand.parent_!;
    end(strand, strand.exit_);
    return;
  }
  // A wake during its last poll is not for the next task of the slot.
  if (RACES || CANCELS) ready &= ~strand.bit_;
  if (strand.how_ === THROWN) onFault(strand.name_, strand.value_);
}

/** Tells whoever waits for a strand that it is over. */
function end(strand: Strand, exit: Op): void {
  if (strand.how_ === RETURNED) complete(exit, strand.value_);
  else if (strand.how_ === THROWN) completeWithError(exit, strand.value_);
  else exit.state_ = DONE; // the one who cancelled it is looking
}

/** Asks a strand to end: its `finally` blocks run from its next poll on. */
export function cancelStrand(strand: Strand): void {
  if (strand.resume_ === null || strand.cancel_ !== 0) return;
  strand.cancel_ = 1;
  // A task that cancels itself, or that a strand of it cancels, goes on to its next await, which sets `resume_`.
  if (strand.parent_ === null && strand.bit_ === running.bit_) cancelled = true;
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

function beginCancel(): void {
  const strand = running;
  if (RACES && strand.waitsIn_ !== null && !strand.waitsIn_.disband_()) return undefined;
  strand.waitsIn_ = null;
  drop(strand as unknown as Op);
  strand.cancel_ = 2;
  unwind(strand, CANCEL, undefined);
}
