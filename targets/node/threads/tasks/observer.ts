/**
 * What a thread tells of its shared tasks: to the program's hooks, to histograms, and to a trace of the last turns. Threads that
 * nobody observes have none of it.
 *
 *   trace   how many turns there were, then three words for each of the last: slot and what followed, begin, end in us.
 *           There is room for one more than are kept: who reads leaves out what may be written meanwhile
 */
import type { TaskHooks } from "../../../../core/index.js";
import { microseconds, sinceStart } from "../clock.js";
import { record } from "../histogram.js";
import { LATENCY, RUN_TIME, TURN_WORDS } from "./counts.js";
import { READY_AT, indexOf, type TaskTable } from "./table.js";

/** What is wanted of it. */
export interface Observing {
  /** Whether histograms are kept. */
  readonly measure: boolean;
  /** Turns of each worker that are kept; 0 for none. */
  readonly trace: number;
}

const FOLLOWS = ["waits", "ready", "over"] as const;

/** One turn of a task, or one job, on a worker. */
export interface Turn {
  /** The number of the worker. */
  readonly worker: number;
  /** The name of the task or job. */
  readonly name: string;
  /** Of the task, where it is one. */
  readonly slot: number;
  /** Milliseconds since the main thread loaded the library. */
  readonly begin: number;
  /** As `begin`. */
  readonly end: number;
  /** What the task does after it; a job is "over". */
  readonly then: (typeof FOLLOWS)[number];
}

let hooks: TaskHooks | null = null;

/**
 * Has `hooks` told of shared tasks on this thread: call it at the top of the module that declares them, so that each worker does.
 * A slot is that of all threads, and may be ready on one and run on another.
 */
export function observeTasks(given: TaskHooks): void {
  hooks = given;
}

/** The observer of thread `me`; null where nobody wants one. */
export function observerOf(table: TaskTable, me: number, wanted: Observing): Observer | null {
  return wanted.measure || wanted.trace > 0 || hooks !== null ? new Observer(table, me, wanted, hooks) : null;
}

export class Observer {
  private readonly words_: Int32Array;
  private readonly counts_: number;
  private readonly trace_: number;
  private began_ = 0;

  constructor(
    private readonly table_: TaskTable,
    me: number,
    private readonly wanted_: Observing,
    private readonly hooks_: TaskHooks | null,
  ) {
    this.words_ = table_.words;
    this.counts_ = table_.counts[me]!;
    this.trace_ = table_.traces[me]!;
  }

  isNew(slot: number): void {
    this.hooks_?.taskNew?.(slot);
  }

  /** Before others can take it. */
  isReady(slot: number, queued: number): void {
    this.words_[indexOf(this.table_, slot, READY_AT)] = microseconds();
    this.hooks_?.taskReady?.(slot, queued);
  }

  begins(slot: number): void {
    this.began_ = microseconds();
    const waited = (this.began_ - this.words_[indexOf(this.table_, slot, READY_AT)]!) | 0;
    if (this.wanted_.measure) record(this.words_, this.counts_ + LATENCY, waited);
    this.hooks_?.execBegin?.(slot);
  }

  ends(slot: number, follows: number): void {
    const now = microseconds();
    if (this.wanted_.measure) record(this.words_, this.counts_ + RUN_TIME, (now - this.began_) | 0);
    if (this.wanted_.trace > 0) this.note_(slot, follows, now);
    if (follows === THEN_OVER) this.hooks_?.taskEnd?.(slot);
    this.hooks_?.execEnd?.(slot, follows === THEN_READY);
  }

  isIdle(): void {
    this.hooks_?.executorIdle?.();
  }

  private note_(slot: number, follows: number, now: number): void {
    const { words_: words, trace_: trace } = this;
    const made = words[trace]!;
    const at = placeOf(trace, made, this.wanted_.trace);
    Atomics.store(words, at, (slot << 2) | follows);
    Atomics.store(words, at + 1, this.began_);
    Atomics.store(words, at + 2, now);
    Atomics.store(words, trace, (made + 1) | 0);
  }
}

/** Where turn `number` lies in a trace of `turns`. */
function placeOf(trace: number, number: number, turns: number): number {
  return trace + 1 + TURN_WORDS * ((number >>> 0) % (turns + 1));
}

/** What follows a turn. */
export const THEN_WAITS = 0;
export const THEN_READY = 1;
export const THEN_OVER = 2;

/** The last turns of all workers, in the order in which they began; `nameOf` a slot. */
export function readTrace(table: TaskTable, turns: number, nameOf: (slot: number) => string): Turn[] {
  const { words } = table;
  const read = (worker: number): Turn[] => {
    const trace = table.traces[worker]!;
    const made = Atomics.load(words, trace) >>> 0;
    const first = Math.max(made - turns, 0);
    const all = Array.from({ length: made - first }, (_, i) => {
      const at = placeOf(trace, first + i, turns);
      const what = Atomics.load(words, at);
      const begin = sinceStart(Atomics.load(words, at + 1));
      const end = sinceStart(Atomics.load(words, at + 2));
      const slot = what >> 2;
      return { worker, name: nameOf(slot), slot, begin, end, then: FOLLOWS[(what & 3) as 0 | 1 | 2] };
    });
    // What was written since then may be of two turns.
    return all.slice(Math.max((Atomics.load(words, trace) >>> 0) - turns - first, 0));
  };
  const all = Array.from({ length: turns === 0 ? 0 : table.workers }, (_, worker) => read(worker)).flat();
  return all.sort((a, b) => a.begin - b.begin);
}
