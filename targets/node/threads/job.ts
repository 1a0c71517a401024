/** A job in the main thread, from `run` or `call` until it is settled. */
import { complete, completeWithError, type Op } from "../../../core/op.js";
import type { Definition } from "./functions.js";
import { PRIORITIES } from "./memory.js";
import type { JobOptions, Priority, Signal } from "./types.js";

/** Queues by priority. */
export const QUEUE_OF: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };

/** Where a job is. */
export const WAITS = 0;
/** In a slot: whether it runs is written there. */
export const QUEUED = 1;
export const SETTLED = 2;

/** Whoever asked for a job is told of its end once, in one of these ways. */
export abstract class Job {
  state_ = WAITS;
  slot_ = -1;
  /** Of its name in the queue. */
  ticket_ = 0;
  /** Whether its arguments are the worker's now. */
  isSent_ = false;
  readonly queue: number;

  constructor(
    readonly definition: Definition,
    readonly args: readonly unknown[],
    readonly options: JobOptions,
  ) {
    const { priority = "normal", pin } = options;
    this.queue = pin === undefined ? QUEUE_OF[priority] : PRIORITIES + pin;
  }

  /** False when it was settled before. */
  resolve(value: unknown): boolean {
    if (!this.settle()) return false;
    this.returned_(value);
    return true;
  }

  /** False when it was settled before. */
  reject(reason: unknown): boolean {
    if (!this.settle()) return false;
    this.threw_(reason);
    return true;
  }

  /** Ends it, and tells nobody. False when it was settled before. */
  settle(): boolean {
    if (this.state_ === SETTLED) return false;
    this.state_ = SETTLED;
    return true;
  }

  protected abstract returned_(value: unknown): void;
  protected abstract threw_(reason: unknown): void;
}

/** A job with a promise. */
export class PromisedJob extends Job {
  /** Set by whoever makes the promise. */
  resolve_: (value: unknown) => void = ignore;
  reject_: (reason: unknown) => void = ignore;
  private aborted_: ((job: Job, reason: unknown) => void) | null = null;

  /** Calls `aborted` when its signal is. */
  watch(aborted: (job: Job, reason: unknown) => void): void {
    const { signal } = this.options;
    if (signal === undefined) return;
    this.aborted_ = aborted;
    watchersOf(signal).add(this);
  }

  abort(reason: unknown): void {
    this.aborted_?.(this, reason);
  }

  override settle(): boolean {
    if (this.aborted_ !== null && this.options.signal !== undefined)
      watchersOf(this.options.signal).delete(this);
    return super.settle();
  }

  protected returned_(value: unknown): void {
    this.resolve_(value);
  }

  protected threw_(reason: unknown): void {
    this.reject_(reason);
  }
}

/** The jobs of each signal, which has one listener for all: Node warns of many. */
const watchers = new WeakMap<Signal, Set<PromisedJob>>();

function watchersOf(signal: Signal): Set<PromisedJob> {
  const known = watchers.get(signal);
  if (known !== undefined) return known;
  const jobs = new Set<PromisedJob>();
  watchers.set(signal, jobs);
  const aborted = (): void => {
    for (const job of jobs) job.abort(signal.reason);
  };
  signal.addEventListener("abort", aborted, { once: true });
  return jobs;
}

/** A job that a task awaits: completes the task's own operation. */
export class AwaitedJob extends Job {
  op_: Op | null = null;

  protected returned_(value: unknown): void {
    if (this.op_ !== null) complete(this.op_, value);
  }

  protected threw_(reason: unknown): void {
    if (this.op_ !== null) completeWithError(this.op_, reason);
  }
}

function ignore(): void {
  // until it is set
}
