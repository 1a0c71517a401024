/**
 * Operations: what a suspended task waits for. One record, made once, used again for every wait.
 *
 *            begin()                complete()               take()
 *   IDLE ------------> PENDING ----------------> DONE ----------------> IDLE
 *     ^                   |                        |
 *     |      drop()       |          drop()        |
 *     +-------------------+------------------------+        completeWithError() leads to FAILED, whose take() throws
 *
 * A leaf future (sleep, receive, an edge) *is* an operation: the leaf function calls `begin` (leaf.ts), files the
 * operation with its source (a timer queue, a wait list) and returns it. Which record it gets is decided by
 * the caller: compiled code uses the one of its strand or of a select arm, so that nothing is allocated.
 *
 * Fields end in `_`: device builds shorten such names.
 */
import { BUDGET, DROPS, FAILS } from "./features.js";
import { DEFERRED, DONE, FAILED, IDLE, PENDING } from "./op-states.js";
import type { Strand } from "./scheduler.js";

export * from "./complete.js";
export * from "./op-states.js";

/** See the head of this file. */
export interface Op {
  state_: number;
  value_: unknown;
  /** Called once by {@link complete}: wakes whoever waits. Null while nobody does. */
  done_: ((op: Op) => void) | null;
  /** Takes a pending operation out of its source, or gives back what a done one was promised. */
  drop_: (op: Op, state: number) => void;
  /** Fetches the value when the waiter runs; null when `value_` is the value. */
  claim_: ((op: Op) => unknown) | null;
  /** The timer queue, channel, pin ... that it is filed with. */
  source_: unknown;
  next_: Op | null;
  prev_: Op | null;
  /** Timers: the deadline. */
  at_: number;
  /** Timers: ticks left beyond the deadline (delays over 2^30); or the engine's own timer. */
  rest_: unknown;
  /** The strand that waits for it. */
  strand_: Strand;
  /** The select it is an arm of. */
  group_: unknown;
}

/** Makes an operation for `strand`; called when frames are built, never while tasks run. */
export function makeOp(strand: Strand): Op {
  return {
    state_: IDLE,
    value_: undefined,
    done_: null,
    drop_: keep,
    claim_: null,
    source_: null,
    next_: null,
    prev_: null,
    at_: 0,
    rest_: 0,
    strand_: strand,
    group_: null,
  };
}

/** A `drop_` for operations that no source keeps. */
export function keep(): void {
  // nothing to give back
}

/** The `drop_` of what giving up cannot undo: a send that went through. In a race it goes before others. */
export function irrevocable(): void {
  // what is done has nothing to give back
}

/** Completes `op`, which `direct` gave, and which its task looks at next. */
export function finish(op: Op, value?: unknown): void {
  op.state_ = DONE;
  op.value_ = value;
  op.claim_ = null;
}

/** The value of a done operation, which is idle again. Throws what a failed one holds. */
export function take(op: Op): unknown {
  const failed = FAILS && op.state_ === FAILED;
  // Where nobody gives it up, nobody looks before it begins again.
  if (DROPS || FAILS) op.state_ = IDLE;
  if (failed) throw op.value_;
  return (DROPS ? op.claim_ !== null : op.claim_) ? op.claim_!(op) : op.value_;
}

/** As {@link take}, but the operation stays done and can be asked again. */
export function fetch(op: Op): unknown {
  if (op.state_ === FAILED) throw op.value_;
  if (op.claim_ !== null) op.value_ = op.claim_(op);
  op.claim_ = null;
  return op.value_;
}

/** Gives up an operation in any state: nothing of it fires later, and what it was promised goes to others. */
export function drop(op: Op): void {
  const state = BUDGET && op.state_ === DEFERRED ? DONE : op.state_;
  op.state_ = IDLE;
  if (state === PENDING || (state === DONE && op.claim_ !== null)) op.drop_(op, state);
}
