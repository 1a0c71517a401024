/**
 * Operations as words: what of a pending operation another thread needs to go on with it. A record is written when a
 * task is handed over, and read once, when it is taken over.
 *
 *   record   WAITS   low byte: IDLE, DONE, FAILED, or LEAF + the number of its kind; the rest is the kind's
 *            AT      DONE, FAILED: the tag of the value (values.ts)                        timers: the deadline
 *            REST    a double. DONE, FAILED: the value, where it is a number               timers: ticks beyond it
 *
 * A kind of leaf future whose source all threads can see can be handed over: {@link leaves} has how. An operation is of
 * the kind whose `drop_` it has. Kinds are added while modules load, in the same order on every thread.
 */
import { DEFERRED, DONE, IDLE, PENDING, keep, type Op } from "../op.js";
import { stopTimer } from "../scheduler.js";
import { HOP } from "../timer-wheel.js";
import type { Instant } from "../types.js";
import type { Region } from "./region.js";
import { ELSEWHERE, tagOf, untagged } from "./values.js";

/** Offsets in a record. */
const WAITS = 0;
export const AT = 1;
const REST = 2;
export const RECORD_WORDS = 4;

const LEAF = 4;
const KIND = 0xff;
const OWN_SHIFT = 8;

/** A kind of leaf future that can be handed over; `at` is the word where the record begins. */
export interface SharedLeaf {
  /** What its operations have as `drop_`. */
  readonly drop_: Op["drop_"];
  /**
   * Writes AT and REST of a pending operation, or of one that is done and has a claim; the upper bits of WAITS, which are
   * at least 0, or less where no record can say it.
   */
  leave_(op: Op, region: Region, at: number): number;
  /** Takes it from this thread: nothing here completes it any more. */
  left_(op: Op): void;
  /** Goes on with it here; `own` is what `leave_` gave. */
  arrive_(op: Op, region: Region, at: number, own: number): void;
}

/** A timer: its deadline, the ticks beyond it, and how many of the task with the same deadline come before it. */
const timers: SharedLeaf = {
  drop_: stopTimer,
  leave_: (op, region, at) => {
    region.words_[at + AT] = op.at_;
    region.doubles_[(at + REST) >> 1] = op.rest_ as number;
    return rankOf(op, region, at);
  },
  left_: (op) => {
    op.strand_.executor_.timers.stop(op);
  },
  arrive_: (op, region, at, rank) => {
    op.at_ = region.words_[at + AT]!;
    op.rest_ = region.doubles_[(at + REST) >> 1]!;
    expect(op, rank);
  },
};

/** The timers of the task that is being handed over, and where their records begin. */
const running: Op[] = [];
const records: number[] = [];
let count = 0;

/** Before the records of a task are written. */
export function startWriting(): void {
  count = 0;
}

/** Timers with one deadline fire in the order in which they were made, and shall there. */
function rankOf(op: Op, region: Region, at: number): number {
  let rank = 0;
  for (let i = 0; i < count; i++) {
    if (running[i]!.at_ !== op.at_) continue;
    if (op.strand_.executor_.timers.isBefore(running[i]!, op)) rank++;
    else region.words_[records[i]! + WAITS]! += 1 << OWN_SHIFT;
  }
  running[count] = op;
  records[count++] = at;
  return rank;
}

/** The `drop_` of an arm that is a call: it is given up by a cancel of its strand. */
export function waitForArm(): void {
  // group.ts cancels it
}

/** An arm that is a call, whose strand hand-over.ts sees to. */
const arms: SharedLeaf = {
  drop_: waitForArm,
  leave_: () => 0,
  left_: keep,
  arrive_: keep,
};

/** All kinds, by number. */
export const leaves: SharedLeaf[] = [timers, arms];

function kindOf(op: Op): number {
  for (let i = 0; i < leaves.length; i++) if (leaves[i]!.drop_ === op.drop_) return i;
  return -1;
}

function isFiled(op: Op): boolean {
  return op.state_ === PENDING || (isDone(op) && op.claim_ !== null);
}

function isDone({ state_: state }: Op): boolean {
  return state === DONE || state === DEFERRED;
}

/** Writes the record of `op` at word `at`; false when no record can say what it waits for, or was given. */
export function writeRecord(op: Op, region: Region, at: number): boolean {
  const words = region.words_;
  if (isFiled(op)) {
    const kind = kindOf(op);
    const own = kind < 0 ? kind : leaves[kind]!.leave_(op, region, at);
    words[at + WAITS] = (LEAF + kind) | (own << OWN_SHIFT);
    return own >= 0;
  }
  words[at + WAITS] = isDone(op) ? DONE : op.state_;
  return op.state_ === IDLE || writeValue(op.value_, region, at);
}

/** Writes AT and REST of what has `value`; false when they cannot say it. */
export function writeValue(
  value: unknown,
  { words_: words, doubles_: doubles }: Region,
  at: number,
): boolean {
  const tag = tagOf(value);
  words[at + AT] = tag;
  doubles[(at + REST) >> 1] = typeof value === "number" ? value : 0;
  return tag !== ELSEWHERE;
}

/** The upper bits of WAITS in the record at word `at`. */
export function ownAt(words: Int32Array, at: number): number {
  return words[at + WAITS]! >> OWN_SHIFT;
}

/** Writes them, of an operation that is pending. */
export function writeOwn(words: Int32Array, at: number, own: number): void {
  words[at + WAITS] = (words[at + WAITS]! & KIND) | (own << OWN_SHIFT);
}

/** Lets go of `op`, whose record was written. */
export function leaveRecord(op: Op): boolean {
  if (isFiled(op)) leaves[kindOf(op)]!.left_(op);
  op.state_ = IDLE;
  op.value_ = undefined;
  return true;
}

/** Makes `op` what the record at word `at` says. Timers run once {@link startExpected} was called. */
export function readRecord(op: Op, region: Region, at: number): boolean {
  const waits = region.words_[at + WAITS]!;
  const kind = (waits & KIND) - LEAF;
  op.state_ = kind < 0 ? waits : PENDING;
  op.value_ = kind < 0 && waits !== IDLE ? valueAt(region, at) : undefined;
  // The end of an arm is one for good.
  if (op.drop_ === waitForArm) return true;
  op.drop_ = kind < 0 ? keep : leaves[kind]!.drop_;
  op.claim_ = null;
  op.source_ = null;
  if (kind >= 0) leaves[kind]!.arrive_(op, region, at, waits >> OWN_SHIFT);
  return true;
}

/** What {@link writeValue} wrote. */
export function valueAt({ words_: words, doubles_: doubles }: Region, at: number): unknown {
  return untagged(words[at + AT]!, doubles[(at + REST) >> 1]!);
}

/** Timers of the task that is being taken over: in the order in which they had been made, linked by `next_`. */
let expected: Op | null = null;

/** Files `op` among them; its rank stands in `value_` meanwhile. */
function expect(op: Op, rank: number): void {
  op.value_ = rank;
  let before: Op | null = null;
  for (let each = expected; each !== null && !isAfter(each, op); each = each.next_) before = each;
  op.next_ = before === null ? expected : before.next_;
  if (before === null) expected = op;
  else before.next_ = op;
}

function isAfter(each: Op, op: Op): boolean {
  return each.at_ === op.at_ && (each.value_ as number) > (op.value_ as number);
}

/** Starts the timers of what was read. */
export function startExpected(): void {
  for (let op = expected; op !== null; op = expected) {
    expected = op.next_;
    op.next_ = null;
    op.value_ = undefined;
    // As if it had been filed one hop before its deadline.
    op.strand_.executor_.timers.start(op, ((op.at_ - HOP) | 0) as Instant, HOP + (op.rest_ as number));
  }
}
