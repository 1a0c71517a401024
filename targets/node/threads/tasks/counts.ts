/** What each thread counts of its shared tasks, for people: words that it alone writes. */
import { BUCKETS, histogramAt, type Histogram } from "../histogram.js";
import type { TaskTable } from "./table.js";

export const POLLS = 0;
/** Searches that found tasks of another worker, and how many. */
export const STEALS = 1;
export const STOLEN = 2;
/** Times when it slept. */
export const PARKS = 3;
/** Tasks from the queues of all. */
export const INJECTED = 4;
/** Times when its queue was full. */
export const OVERFLOWS = 5;
/** A double: milliseconds. */
const BUSY = 8;
/** Histograms. */
export const LATENCY = 16;
export const RUN_TIME = LATENCY + BUCKETS;
export const COUNT_WORDS = RUN_TIME + BUCKETS;

/** Words of a turn in a trace. */
export const TURN_WORDS = 3;

/** Words of a trace of `turns` (observer.ts). */
export function traceWords(turns: number): number {
  return turns === 0 ? 0 : 1 + TURN_WORDS * (turns + 1);
}

/** What one worker did with shared tasks. */
export interface TaskWorkerStats {
  /** Turns that it gave to tasks. */
  readonly polls: number;
  /** Times when it took tasks from another worker, and how many these were. */
  readonly steals: number;
  /** Tasks that it took from other workers. */
  readonly stolen: number;
  /** Tasks that it took from the queues of all workers. */
  readonly injected: number;
  /** Times when its own queue was full, and half of it went to the queue of all. */
  readonly overflows: number;
  /** Times when it had nothing to do, and slept. */
  readonly parks: number;
  /** Milliseconds for which it did not. */
  readonly busy: number;
  /** How long tasks were ready before they had their turn; empty without `measure`. */
  readonly latency: Histogram;
  /** How long turns took; empty without `measure`. */
  readonly runTime: Histogram;
}

/** Counts `more` at word `what` of thread `me`. */
export function count({ words, counts }: TaskTable, me: number, what: number, more = 1): void {
  const at = counts[me]! + what;
  words[at] = (words[at]! + more) | 0;
}

/** Thread `me` was busy for so many milliseconds more. */
export function countBusy({ doubles, counts }: TaskTable, me: number, more: number): void {
  doubles[(counts[me]! + BUSY) >> 1]! += more;
}

export function pollsOf({ words, counts }: TaskTable, who: number): number {
  return words[counts[who]! + POLLS]!;
}

export function statsOf({ words, doubles, counts }: TaskTable, who: number): TaskWorkerStats {
  const at = counts[who]!;
  return {
    polls: words[at + POLLS]!,
    steals: words[at + STEALS]!,
    stolen: words[at + STOLEN]!,
    injected: words[at + INJECTED]!,
    overflows: words[at + OVERFLOWS]!,
    parks: words[at + PARKS]!,
    busy: doubles[(at + BUSY) >> 1]!,
    latency: histogramAt(words, at + LATENCY),
    runTime: histogramAt(words, at + RUN_TIME),
  };
}
