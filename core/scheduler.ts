/**
 * The port between leaf futures and the executor that runs them, in the library's form: strands with frames.
 * Device builds replace this module by `board/scheduler.ts`, which has the same names over generated dispatch.
 *
 * A *strand* is one line of control: a task, or a call of an async function that is an arm of a `select`. It is
 * an operation too, the one its plain awaits use. Its frames form a chain, innermost first:
 *
 *   strand.frame_ -> readSensor -> sample (up_ === null)
 */
import { CANCEL, GO_ON, OVER, RETURNED, SUSPENDED, THROWN, YIELDED } from "./answers.js";
import type { Pool, TaskId } from "./arena.js";
import { noteAwaiters, type Teller, type Told } from "./awaited-by.js";
import type { Executor } from "./executor.js";
import { fail } from "./errors.js";
import { shapes } from "./frames.js";
import {
  BUDGET_OF_A_POLL,
  DEFERRED,
  DONE,
  IDLE,
  PENDING,
  complete,
  completeWithError,
  drop,
  keep,
  makeOp,
  type Op,
} from "./op.js";
import { DEV } from "./dev.js";
import { FREE } from "./state.js";
import type { Bond } from "./tasks/bonds.js";
import type { Instant } from "./types.js";

export * from "./answers.js";

/** Static storage of one activation of a compiled async function. The compiler adds a field for each local. */
export interface Frame {
  /** Runs from `pc_` to the next suspension, call or end. */
  readonly poll_: (frame: Frame, strand: Strand) => number;
  /** Who awaits it; set at each call where several functions do. */
  up_: Frame | null;
  /** Where to resume. */
  pc_: number;
  /** Where a throw or a cancel goes, or 0: to the caller. */
  handler_: number;
  /** What it is the frame of, for people; compiled code has it. */
  readonly told_?: () => Told;
  /** Of one that has others within: visits those, innermost first. */
  readonly eachInner_?: (frame: Frame, tell: Teller) => void;
}

/** See the head of this file. */
export interface Strand extends Op {
  /** The innermost frame; null once the strand has ended. */
  frame_: Frame | null;
  /** How control got here: {@link RETURNED}, {@link THROWN} or {@link CANCEL}, with `value_`. */
  how_: number;
  /** A cancel: 0 none, 1 asked for, 2 under way (others are ignored until it ends the strand, or cleanup throws). */
  cancel_: number;
  /** Whether a child strand must be polled; tasks have the run queue. */
  ready_: boolean;
  /** The select it is suspended in. */
  waitsIn_: Disbandable | null;
  /** The strand whose select this one is an arm of. */
  parent_: Strand | null;
  /** A child's end, as the operation that its parent's select waits for. */
  exit_: Op | null;
  /** The operations of its selects' arms; null while it has none. */
  arms_: Op[] | null;
  /** Whether it runs uncompiled code, which takes a new operation for each wait. */
  dynamic_: boolean;
  readonly executor_: Executor;
  readonly slot_: number;
  /** Of a task: its slot's kind, the task that has the slot, and the outermost frame there, of a compiled kind. */
  pool_: Pool | null;
  id_: TaskId;
  home_: Frame | null;
  /** The frame that was polled last, and its code, in programs of many functions. */
  polled_: Frame | null;
  code_: Frame["poll_"] | null;
  /** Of a task: who waits for its end, and the like. */
  bond_: Bond | null;
  /** Of a task: its state (state.ts), and counts for people. */
  life_: number;
  polls_: number;
  wakes_: number;
}

/** What cancelling must know of a select. */
export interface Disbandable {
  /** Drops all arms; false while one of them still cleans up. */
  disband_(): boolean;
}

/** Shapes of objects that V8 tells apart at one place of the code. */
const FEW_SHAPES = 4;

/** The strand being polled. */
export let running: Strand | null = null;

let aimed: Op | null = null;

/** Makes the next leaf future use `op`. */
export function aim(op: Op): void {
  aimed = op;
}

/** The operation for the leaf future being made. */
export function operation(): Op {
  const op = aimed;
  if (op !== null) {
    aimed = null;
    return op;
  }
  if (running === null) fail("E201", "await", DEV && "outside a task nothing can wait. Call it in a task()");
  return running.dynamic_ ? makeOp(running) : running;
}

/**
 * The operation for a leaf future that is there already, where nothing can come between it and its await: then it needs no
 * record of how to give it up, and takes its value by {@link finish}. Null for an arm, a future with a name, uncompiled code
 * and outside of tasks; and when the task must let others run first, for which there is a record.
 */
export function direct(): Op | null {
  const strand = running;
  if (aimed !== null || strand === null || strand.dynamic_) return null;
  if (strand.state_ !== IDLE || isSpent(strand)) return null;
  return strand;
}

/** Files `op` with the timers. */
export function startTimer(op: Op, delay: number): void {
  op.strand_.executor_.startTimer(op, delay);
}

/** Takes `op` out of the timers. */
export function stopTimer(op: Op, state: number): void {
  if (state === PENDING) op.strand_.executor_.timers.stop(op);
}

/** The clock of whoever waits for `op`. */
export function clockOf(op: Op): Instant {
  return op.strand_.executor_.now();
}

/** Makes a strand without frames; `parent` null makes that of a task. */
export function makeStrand(executor: Executor, slot: number, parent: Strand | null): Strand {
  const strand: { -readonly [K in keyof Strand]: Strand[K] } = {
    // Written out: V8 has a shape for each strand that is made of a copy, and a switch takes twice as long.
    state_: IDLE,
    value_: undefined,
    done_: notify,
    drop_: keep,
    claim_: null,
    source_: null,
    next_: null,
    prev_: null,
    at_: 0,
    rest_: 0,
    strand_: null as unknown as Strand,
    group_: null,
    frame_: null,
    how_: RETURNED,
    cancel_: 0,
    ready_: false,
    waitsIn_: null,
    parent_: parent,
    exit_: null,
    arms_: null,
    dynamic_: false,
    executor_: executor,
    slot_: slot,
    pool_: null,
    id_: 0 as TaskId,
    home_: null,
    polled_: null,
    code_: null,
    bond_: null,
    life_: FREE,
    polls_: 0,
    wakes_: 0,
  };
  strand.strand_ = strand;
  return strand;
}

/** Makes `strand` ready to be polled. */
export function wakeStrand(strand: Strand): void {
  let each = strand;
  for (; each.parent_ !== null; each = each.parent_) each.ready_ = true;
  each.executor_.wake_(each);
}

/** The `done_` of what a strand waits for. One that is being polled sees for itself that it need not wait. */
export function notify(op: Op): void {
  const strand = op.strand_;
  if (strand !== running) wakeStrand(strand);
  else if (op.state_ === DONE && isSpent(strand)) {
    op.state_ = DEFERRED;
    wakeStrand(strand);
  }
}

/** Waits of this poll of a task that were over at once. */
let atOnce = 0;

/** Counts a wait of `strand` that was over at once; whether its task must let others run now, and the host. */
export function isSpent(strand: Strand): boolean {
  if (++atOnce <= BUDGET_OF_A_POLL) return false;
  pause(strand);
  return true;
}

/** Readies `strand` to run `frame` from its start. */
export function startStrand(strand: Strand, frame: Frame): void {
  if (strand.exit_ !== null) strand.exit_.state_ = PENDING;
  strand.frame_ = frame;
  strand.how_ = RETURNED;
  strand.cancel_ = 0;
  strand.waitsIn_ = null;
}

/** Asks a strand to end: its `finally` blocks run from its next poll on. */
export function cancelStrand(strand: Strand): void {
  if (strand.frame_ === null || strand.cancel_ !== 0) return;
  strand.cancel_ = 1;
  wakeStrand(strand);
}

/**
 * Polls `strand`, that of a task, until it waits, or ends, which {@link endStrand} is to be told; whoever calls this makes it
 * ready again when it yielded. It counts as running until the next one does, or {@link leave}.
 */
export function poll(strand: Strand): number {
  atOnce = 0;
  return goOn(strand);
}

function goOn(strand: Strand): number {
  running = strand;
  // Woken for what it waits for, or for a cancel that can begin? For an arm that is gone since, it is still pending.
  if (strand.cancel_ === 1 ? !beginCancel(strand) : strand.state_ === PENDING) return SUSPENDED;
  for (;;) {
    try {
      const frame = strand.frame_;
      if (frame === null) return OVER;
      // A few shapes V8 tells apart, and goes on in their code; more of them it would look up at each poll.
      const answer = shapes <= FEW_SHAPES ? frame.poll_(frame, strand) : codeOf(strand, frame)(frame, strand);
      if (answer !== GO_ON) return answer;
    } catch (error) {
      caught(strand, error);
    }
  }
}

/** The code of `frame`, the innermost of `strand`, which mostly is the one that it was at the last poll. */
function codeOf(strand: Strand, frame: Frame): Frame["poll_"] {
  if (strand.polled_ !== frame) {
    strand.polled_ = frame;
    strand.code_ = frame.poll_;
  }
  return strand.code_!;
}

/** What ran before the polls, `outer`, goes on. */
export function leave(outer: Strand | null): void {
  running = outer;
}

/** A long loop's answer: it lets others run, and the host. */
export function pause(strand: Strand): number {
  strand.executor_.pause_();
  return YIELDED;
}

/** Polls a child strand until it waits or ends. */
export function pollStrand(strand: Strand): void {
  const parent = running;
  strand.ready_ = false;
  const answer = goOn(strand);
  // Before the end is told: the parent sees it for itself, and need not be woken.
  leave(parent);
  if (answer === OVER) endStrand(strand);
  if (answer === YIELDED) wakeStrand(strand);
}

function caught(strand: Strand, error: unknown): void {
  if (DEV) noteAwaiters(strand, error);
  // The throw may have come from the arguments of an arm: its operation is for nobody else.
  aimed = null;
  drop(strand);
  if (strand.waitsIn_ !== null) strand.waitsIn_.disband_();
  // Cleanup that throws ends the cancel: whoever catches that goes on, and can be cancelled again. An arm cannot, or the
  // race that sends it away would do so at each look, and cut off the cleanup around.
  if (strand.cancel_ === 2 && strand.parent_ === null) strand.cancel_ = 0;
  unwind(strand, THROWN, error);
}

/** Goes to the innermost handler: the result of `return unwind(...)` in compiled code. */
export function unwind(strand: Strand, how: number, value: unknown): number {
  strand.how_ = how;
  strand.value_ = value;
  let frame = strand.frame_;
  while (frame !== null && frame.handler_ === 0) frame = frame.up_;
  if (frame !== null) frame.pc_ = frame.handler_;
  strand.frame_ = frame;
  return GO_ON;
}

/** Drops what the strand waits for and turns it to its handlers; false while arms of a select clean up. */
function beginCancel(strand: Strand): boolean {
  if (strand.waitsIn_ !== null && !strand.waitsIn_.disband_()) return false;
  strand.waitsIn_ = null;
  drop(strand);
  strand.cancel_ = 2;
  unwind(strand, CANCEL, undefined);
  return true;
}

/** Leaves nothing behind that nobody awaited, and tells whoever waits for a strand that it is over. */
export function endStrand(strand: Strand): void {
  drop(strand);
  const exit = strand.exit_;
  if (exit === null) return;
  if (strand.how_ === RETURNED) complete(exit, strand.value_);
  else if (strand.how_ === THROWN) completeWithError(exit, strand.value_);
  else exit.state_ = DONE; // the one who cancelled it is looking
}
