/**
 * The executor of device builds, in the place of the library's `scheduler.ts`: the task set is known at build time.
 *
 *   ready   bit n: task n must be polled in the next batch       wakes set bits
 *   batch   the bits being polled now, lowest first              task n is one strand, with its resume state
 *
 * A task is a chain of small functions: each answers the next one to run at once, or nothing while the task waits.
 * One `try` stands around a whole run of batches; a throw goes on at the handler of the task that ran.
 */
import { DONE, PENDING, complete, completeWithError, drop, makeOp, type Op } from "../op.js";
import { CANCELS, HANDLERS, RACES, STRANDS } from "./features.js";
import { onFault, pend } from "./platform.js";

export { startTimer, stopTimer } from "./platform.js";

/** A state of a task: runs to the next suspension, and answers the state to go on with, or nothing. */
export type State = () => State | false | undefined;

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

/** Batches of one run, before the engine may do something else. */
const BATCHES = 16;

let ready = 0;
let batch = 0;
let isPended = false;
let aimed: Op | null = null;
/** Whether a task has cancelled itself since the batch began. */
let cancelled = false;

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
  const strand = makeOp(null as never) as unknown as { -readonly [K in keyof Strand]: Strand[K] };
  strand.resume_ = strand.handler_ = strand.waitsIn_ = strand.exit_ = null;
  strand.how_ = strand.cancel_ = strand.id_ = 0;
  strand.ready_ = false;
  strand.parent_ = parent;
  strand.bit_ = bit;
  strand.name_ = name;
  (strand as unknown as Op).strand_ = strand as never;
  strand.done_ = notify;
  return strand;
}

/** Makes `strand` ready; a task that this batch has still to poll is ready already. */
export function wakeStrand(strand: Strand): void {
  if (STRANDS) readyFromTask(strand);
  ready |= strand.bit_ & ~(batch & -(running.bit_ << 1));
  if (isPended) return;
  isPended = true;
  pend(run);
}

/** Has each strand from the task down to `strand` polled by the one around it. */
function readyFromTask(strand: Strand): void {
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

/** Polls the ready tasks; what `pend` calls. */
export function run(): void {
  let next: State | false | null | undefined;
  let left = BATCHES;
  for (;;) {
    try {
      while (next!) next = next();
      for (; batch || (left-- > 0 && ready); batch = 0) {
        if (batch === 0) {
          if (CANCELS && cancelled) turnCancelled();
          batch = ready;
          ready = 0;
        }
        // @unroll
        for (const task of tasks) {
          if (batch & task.bit_) {
            running = task;
            // Woken for an arm that is gone since? Only then can it still be pending.
            next = RACES && task.state_ === PENDING && task.cancel_ !== 1 ? null : task.resume_;
            while (next) next = next();
          }
        }
      }
      break;
    } catch (error) {
      batch &= -(running.bit_ << 1);
      next = thrown(error);
    }
  }
  running = nobody;
  isPended = ready !== 0;
  if (isPended) pend(run);
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const outer = running;
  running = strand;
  strand.ready_ = false;
  let next = strand.resume_ as State | false | undefined;
  for (;;) {
    try {
      while (next) next = next();
      break;
    } catch (error) {
      next = thrown(error);
    }
  }
  running = outer;
  if (strand.cancel_ === 1) turnToCancel(strand);
}

function thrown(error: unknown): State | undefined {
  // The throw may have come from the arguments of an arm: its operation is for nobody else.
  if (RACES) aimed = null;
  drop(running as unknown as Op);
  if (RACES && running.waitsIn_ !== null) running.waitsIn_.disband_();
  // Cleanup that throws ends the cancel: whoever catches that goes on, and can be cancelled again.
  if (CANCELS && running.cancel_ === 2) running.cancel_ = 0;
  return unwind(running, THROWN, error);
}

/** Goes to the innermost handler, or ends the strand. */
export function unwind(strand: Strand, how: number, value: unknown): State | undefined {
  strand.how_ = how;
  strand.value_ = value;
  return HANDLERS && strand.handler_ !== null ? strand.handler_ : finished;
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
  // A wake that came too late would have the next task of this slot polled a batch early.
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

function beginCancel(): State | undefined {
  const strand = running;
  if (RACES && strand.waitsIn_ !== null && !strand.waitsIn_.disband_()) return undefined;
  strand.waitsIn_ = null;
  drop(strand as unknown as Op);
  strand.cancel_ = 2;
  return unwind(strand, CANCEL, undefined);
}
