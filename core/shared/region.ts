/**
 * Shared frames: what a task keeps while it waits, as numbers in columns that every thread can see. The compiler
 * gives a task such frames when all that it keeps are numbers, or can be told by them (compiler/frames/send.ts).
 *
 *   region   strand | its frame | frame of what it calls | ...        callees of one frame begin at one place
 *
 *   strand   INNERMOST  the frame that runs, or 0 when it is over           frame    CODE     who polls it
 *            CANCEL, WAITS, AT, REST, RACE, RACE_AT, FUTURES                         UP       the caller's frame, or 0
 *                       how it waits, once it was handed over                        PC       where to resume
 *                       (hand-over.ts)                                               HANDLER  where a throw goes, or 0
 *                                                                                    locals
 *                                                                                    named futures: a record each
 *                                                                                    generators: a frame each
 *   An arm of a select that is a call is a strand, too. Its region lies          callee, or the select that it waits in:
 *   behind the frame whose select it is.                                         a record for each arm, regions of arms
 *
 * A poll has no other state. What is no number lives no longer than a poll, in JavaScript's own locals and in the
 * strand, with one exception: a `finally` that waits keeps what it will go on with (an error, what is returned) in
 * `kept_` of the thread where numbers cannot tell it (values.ts), and its task stays there meanwhile.
 */
import type { Teller, Told } from "../awaited-by.js";
import * as scheduler from "../scheduler.js";
import { GO_ON, type Frame, type Strand } from "../scheduler.js";
import { claimWords, makeSharedMemory } from "./memory.js";
import type { FuturePart, RacePart } from "./parts.js";
import { ELSEWHERE, NUMBER, tagOf, untagged } from "./values.js";

/** Words of a strand; the first frame begins behind them. */
export const INNERMOST = 0;
/** As the strand's, and 4 when it is ready. */
export const CANCEL = 1;
/** The record of its own operation: {@link WAITS} to REST, a double. */
export const WAITS = 2;
/** The select that it waits in, by number and place; 0 for none. */
export const RACE = 6;
export const RACE_AT = 7;
/** The first record of a named future, or 0. */
export const FUTURES = 8;
export const STRAND_WORDS = 10;

/** Words of a frame; compiler/emit/emit-shared.ts has the same. */
const CODE = 0;
const UP = 1;
const PC = 2;
const HANDLER = 3;

/** Marks that the strand came here by a throw or a cancel: where `unwind` of the scheduler goes on. */
const UNWINDING = -1;

/** The words of one strand, as this thread sees them: the frame that the thread's scheduler knows. */
export interface Region extends Frame {
  readonly strand_: Strand;
  readonly words_: Int32Array;
  readonly doubles_: Float64Array;
  readonly base_: number;
  /** What no column can hold, by offset of its word. */
  readonly kept_: unknown[];
  /** What its frames have of this thread: made when it is first used, and used again (parts.ts). */
  readonly futures_: FuturePart[];
  readonly races_: RacePart[];
  readonly arms_: Region[];
}

/** The code of one function with shared frames: as a frame's `poll_`; `at` is the frame. */
export type SharedPoll = (region: Region, at: number, strand: Strand) => number;

/** By number: the compiler numbers functions in one order for all threads. */
export const polls: SharedPoll[] = [];

/** What they are, by number, as {@link polls}. */
export const told: (() => Told)[] = [];

/** What a frame keeps of completions. */
interface Keeps {
  /** By place to resume: offsets of the words that tell what is kept there. */
  readonly tags: { readonly [pc: number]: readonly number[] };
  /** Offsets of the frames of generators. */
  readonly inner: readonly number[];
}

/** By number, as {@link polls}. */
export const keeps: Keeps[] = [];

/** Makes the region of one instance of a task; called when an executor is made. */
export function makeRegion(strand: Strand, words: number): Region {
  const executor = strand.executor_;
  if (executor.memory_ === null) executor.memory_ = makeSharedMemory();
  const memory = executor.memory_;
  return regionAt(strand, memory.words_, memory.doubles_, claimWords(memory, words));
}

/** The region of `strand` at word `base`. */
export function regionAt(strand: Strand, words: Int32Array, doubles: Float64Array, base: number): Region {
  return {
    poll_: pollRegion,
    eachInner_: eachFrame,
    up_: null,
    pc_: 0,
    handler_: UNWINDING,
    strand_: strand,
    words_: words,
    doubles_: doubles,
    base_: base,
    kept_: [],
    futures_: [],
    races_: [],
    arms_: [],
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
    region.pc_ = words[base + STRAND_WORDS + PC]!;
    return answer;
  }
}

function eachFrame(frame: Frame, tell: Teller): void {
  const { words_: words, base_: base } = frame as Region;
  for (let at = words[base + INNERMOST]!; at !== 0; at = words[at + UP]!)
    tell(told[words[at + CODE]!], words[at + PC]!);
}

/** Goes to the innermost handler, or ends the strand. */
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

/** Calls from frame `up` on, itself among them, that are of the code `code` and wait for each other. */
export function levelsFrom({ words_: words }: Region, up: number, code: number): number {
  let levels = 0;
  for (let at = up; at !== 0; at = words[at + UP]!) if (words[at + CODE] === code) levels++;
  return levels;
}

/** Keeps the completion `value` in double `at`, or elsewhere; word `tag` says where. */
export function keep(region: Region, tag: number, at: number, value: unknown): unknown {
  const kind = tagOf(value);
  region.words_[tag] = kind;
  if (kind === NUMBER) region.doubles_[at] = value as number;
  region.kept_[tag - region.base_] = kind === ELSEWHERE ? value : undefined;
  return value;
}

/** What was kept last. */
export function kept(region: Region, tag: number, at: number): unknown {
  const kind = region.words_[tag]!;
  return kind === ELSEWHERE ? region.kept_[tag - region.base_] : untagged(kind, region.doubles_[at]!);
}

/** Whether the strand keeps something that only this thread has. */
export function keepsObjects(region: Region): boolean {
  if (region.kept_.length === 0) return false;
  const words = region.words_;
  for (let at = words[region.base_ + INNERMOST]!; at !== 0; at = words[at + UP]!) {
    if (frameKeeps(region, at)) return true;
  }
  return false;
}

/** A generator that waits for its next round keeps things, too. */
function frameKeeps(region: Region, at: number): boolean {
  const words = region.words_;
  const facts = keeps[words[at + CODE]!];
  if (facts === undefined) return false;
  const tags = facts.tags[words[at + PC]!];
  for (let i = 0; tags !== undefined && i < tags.length; i++) {
    const tag = at + tags[i]!;
    if (words[tag] === ELSEWHERE && region.kept_[tag - region.base_] !== undefined) return true;
  }
  for (let i = 0; i < facts.inner.length; i++) if (frameKeeps(region, at + facts.inner[i]!)) return true;
  return false;
}
