/**
 * Shared frames: what a task keeps while it waits, as numbers in columns that every thread can see. The compiler
 * gives a task such frames when all that it keeps are numbers (compiler/frames/send.ts).
 *
 *   region   task | frame of the task | frame of what it calls | ...        callees of one frame begin at one place
 *
 *   task     INNERMOST  the frame that runs, or 0 when the task is over      frame    CODE     who polls it
 *            CANCEL     as the strand's                                               UP       the caller's frame, or 0
 *            WAITS, AT, REST   what it waits for, once it was handed over             PC       where to resume
 *            (hand-over.ts)                                                           HANDLER  where a throw goes, or 0
 *                                                                                     locals
 *
 * A poll has no other state. What is no number lives no longer than a poll, in JavaScript's own locals and in the
 * strand, with one exception: a `finally` that waits keeps what it will go on with (an error, what is returned) in
 * `kept_` of the thread, and its task stays there meanwhile.
 */
import * as scheduler from "../scheduler.js";
import { GO_ON, type Frame, type Strand } from "../scheduler.js";
import { claimWords, makeSharedMemory } from "./memory.js";

/** Words of a task; the first frame begins behind them. */
export const INNERMOST = 0;
export const CANCEL = 1;
export const WAITS = 2;
export const AT = 3;
/** A double. */
export const REST = 4;
export const TASK_WORDS = 6;

/** Words of a frame; compiler/emit/emit-shared.ts has the same. */
const CODE = 0;
const UP = 1;
const PC = 2;
const HANDLER = 3;

/** Marks that the strand came here by a throw or a cancel: where `unwind` of the scheduler goes on. */
const UNWINDING = -1;

/** What a word says of a completion that a `finally` keeps, in `doubles_` or in `kept_`. */
const NUMBER = 1;
const ELSEWHERE = 2;

/** The words of one task, as this thread sees them: the frame that the thread's scheduler knows. */
export interface Region extends Frame {
  readonly words_: Int32Array;
  readonly doubles_: Float64Array;
  readonly base_: number;
  /** What no column can hold, by offset of its word. */
  readonly kept_: unknown[];
}

/** The code of one function with shared frames: as a frame's `poll_`; `at` is the frame. */
export type SharedPoll = (region: Region, at: number, strand: Strand) => number;

/** By number: the compiler numbers functions in one order for all threads. */
export const polls: SharedPoll[] = [];

/** By number, then by place to resume: offsets of words that tell of a completion which is kept there. */
export const keeps: { readonly [pc: number]: readonly number[] }[] = [];

/** Makes the region of one instance; called when an executor is made. */
export function makeRegion(strand: Strand, words: number): Region {
  const executor = strand.executor_;
  if (executor.memory_ === null) executor.memory_ = makeSharedMemory();
  const memory = executor.memory_;
  return {
    poll_: pollRegion,
    up_: null,
    pc_: 0,
    handler_: UNWINDING,
    words_: memory.words_,
    doubles_: memory.doubles_,
    base_: claimWords(memory, words),
    kept_: [],
  };
}

function pollRegion(frame: Frame, strand: Strand): number {
  const region = frame as Region;
  const words = region.words_;
  const base = region.base_;
  if (region.pc_ === UNWINDING) toHandler(region);
  for (;;) {
    const at = words[base + INNERMOST]!;
    if (at === 0) {
      strand.frame_ = null;
      return GO_ON;
    }
    const answer = polls[words[at + CODE]!]!(region, at, strand);
    if (answer === GO_ON) continue;
    // For people: where the task waits.
    region.pc_ = words[base + TASK_WORDS + PC]!;
    return answer;
  }
}

/** Goes to the innermost handler, or ends the task. */
function toHandler(region: Region): void {
  const words = region.words_;
  let at = words[region.base_ + INNERMOST]!;
  while (at !== 0 && words[at + HANDLER] === 0) at = words[at + UP]!;
  if (at !== 0) words[at + PC] = words[at + HANDLER]!;
  words[region.base_ + INNERMOST] = at;
  region.pc_ = 0;
}

/** As the scheduler's `unwind`: the result of `return unwind(...)` in compiled code. */
export function unwindShared(region: Region, strand: Strand, how: number, value: unknown): number {
  strand.how_ = how;
  strand.value_ = value;
  toHandler(region);
  return scheduler.GO_ON;
}

/** Keeps the completion `value` in double `at`, or elsewhere; word `tag` says where. */
export function keep(region: Region, tag: number, at: number, value: unknown): unknown {
  const isNumber = typeof value === "number";
  region.words_[tag] = isNumber ? NUMBER : value === undefined ? 0 : ELSEWHERE;
  if (isNumber) region.doubles_[at] = value;
  region.kept_[tag - region.base_] = isNumber ? undefined : value;
  return value;
}

/** What was kept last. */
export function kept(region: Region, tag: number, at: number): unknown {
  return region.words_[tag] === NUMBER ? region.doubles_[at] : region.kept_[tag - region.base_];
}

/** Whether the task keeps something that only this thread has. */
export function keepsObjects(region: Region): boolean {
  const words = region.words_;
  for (let at = words[region.base_ + INNERMOST]!; at !== 0; at = words[at + UP]!) {
    const places = keeps[words[at + CODE]!];
    const tags = places === undefined ? undefined : places[words[at + PC]!];
    for (let i = 0; tags !== undefined && i < tags.length; i++) {
      if (words[at + tags[i]!] === ELSEWHERE) return true;
    }
  }
  return false;
}
