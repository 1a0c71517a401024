/**
 * The executor of device builds, in the place of the library's `scheduler.ts`: the task set is known at build time.
 *
 *   ready   bit n: task n must be polled in the next batch       wakes set bits
 *   batch   the bits being polled now, lowest first              task n is one strand, with its resume state
 *
 * A task is a chain of small functions: each answers the next one to run at once, or nothing while the task waits.
 * One `try` stands around a whole run of batches; a throw goes on at the handler of the task that ran.
 */
import { DONE, FAILED, IDLE, complete, drop, makeOp, type Op } from "../op.js";
import { CANCELS, HANDLERS, RACES, STRANDS } from "./features.js";
import { onFault, pend } from "./platform.js";

export { startTimer, stopTimer } from "./platform.js";

/** A state of a task: runs to the next suspension, and answers the state to go on with, or nothing. */
export type State = () => State | false | void;

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

/** The strand being polled. */
export let running = { bit_: 0 } as unknown as Strand;

/** All tasks, by bit. */
export const tasks: Strand[] = [];

/** Batches of one run, before the engine may do something else. */
const BATCHES = 16;

let ready = 0;
let batch = 0;
let isPended = false;
let aimed: Op | null = null;
let cancelled: Strand | null = null;

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
  strand.done_ = STRANDS && parent !== null ? wakeChild : wakeTask;
  return strand;
}

/** Makes the task of `strand` ready; one that this batch has still to poll is ready already. */
function wakeTask(op: Op): void {
  ready |= (op as unknown as Strand).bit_ & ~(batch & -(running.bit_ << 1));
  if (isPended) return;
  isPended = true;
  pend(run);
}

function wakeChild(op: Op): void {
  let strand = op as unknown as Strand;
  for (; strand.parent_ !== null; strand = strand.parent_) strand.ready_ = true;
  wakeTask(strand as never);
}

/** Readies `strand` to run from `first` on. */
export function startStrand(strand: Strand, first: State): void {
  strand.resume_ = first;
  strand.handler_ = strand.waitsIn_ = null;
  strand.state_ = IDLE;
  strand.how_ = strand.cancel_ = 0;
}

/** Starts a task, which has been made with {@link startStrand}. */
export function wakeStrand(strand: Strand): void {
  strand.done_!(strand as unknown as Op);
}

/** Polls the ready tasks; what `pend` calls. */
export function run(): void {
  let next: State | false | void;
  let left = BATCHES;
  for (;;) {
    try {
      while (next!) next = next();
      for (; batch || (left-- > 0 && ready); batch = 0) {
        if (batch === 0) {
          batch = ready;
          ready = 0;
        }
        // @unroll
        for (const task of tasks) {
          if (batch & task.bit_) {
            running = task;
            next = task.resume_!();
            while (next) next = next();
          }
        }
        if (CANCELS && cancelled !== null) cancelled = turnToCancel(cancelled);
      }
      break;
    } catch (error) {
      batch &= -(running.bit_ << 1);
      next = thrown(error);
    }
  }
  isPended = ready !== 0;
  if (isPended) pend(run);
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const outer = running;
  running = strand;
  strand.ready_ = false;
  let next = strand.resume_ as State | false | void;
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

function thrown(error: unknown): State | void {
  drop(running as unknown as Op);
  if (RACES && running.waitsIn_ !== null) running.waitsIn_.disband_();
  return unwind(running, THROWN, error);
}

/** Goes to the innermost handler, or ends the strand. */
export function unwind(strand: Strand, how: number, value: unknown): State | void {
  strand.how_ = how;
  strand.value_ = value;
  return HANDLERS && strand.handler_ !== null ? strand.handler_ : finished;
}

/** What the outermost function of a strand returns to: its end. */
export function finished(): void {
  const strand = running;
  const exit = STRANDS ? strand.exit_ : null;
  strand.resume_ = null;
  if (exit === null) {
    if (strand.how_ === THROWN) onFault(strand.name_, strand.value_);
  } else if (strand.how_ === RETURNED) complete(exit, strand.value_);
  else {
    exit.state_ = strand.how_ === THROWN ? FAILED : DONE;
    exit.value_ = strand.value_;
    if (strand.how_ === THROWN && exit.done_ !== null) exit.done_(exit);
  }
}

/** Asks a strand to end: its `finally` blocks run from its next poll on. */
export function cancelStrand(strand: Strand): void {
  if (strand.resume_ === null || strand.cancel_ !== 0) return;
  strand.cancel_ = 1;
  // A task that cancels itself goes on to its next await, which sets `resume_`: the end of the batch is early enough.
  if (strand !== running) turnToCancel(strand);
  else if (strand.parent_ === null) cancelled = strand;
  strand.done_!(strand as unknown as Op);
}

function turnToCancel(strand: Strand): null {
  if (strand.resume_ !== null) strand.resume_ = beginCancel;
  return null;
}

function beginCancel(): State | void {
  const strand = running;
  if (RACES && strand.waitsIn_ !== null && !strand.waitsIn_.disband_()) return;
  strand.waitsIn_ = null;
  drop(strand as unknown as Op);
  strand.cancel_ = 2;
  return unwind(strand, CANCEL, undefined);
}
