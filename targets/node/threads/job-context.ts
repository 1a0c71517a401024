/** What a job can know of itself, and how it gives things away. Works in any copy of this module in a worker. */

import type { RunJob, Signal } from "./types.js";

/** A job under way, for the code that runs it. */
export interface JobContext {
  /** Aborted when whoever asked for the job gives it up, as soon as the worker's event loop turns. */
  readonly signal: Signal;
  /** The same at once, for loops that do not wait. Cost: a word of shared memory. */
  readonly isAborted: boolean;
  /**
   * Runs another job of the same threads, as `run` of {@link Threads} does; it may come to run on this worker, which takes
   * other jobs while this one waits for it. It is aborted with this one, unless it has a signal of its own.
   *
   * Cost: two messages, some tens of microseconds.
   */
  readonly run: RunJob;
}

const CURRENT = Symbol.for("dormouse.job");
const WORKER = Symbol.for("dormouse.worker");
const TRANSFER = Symbol.for("dormouse.transfer");

interface Shared {
  [CURRENT]?: () => JobContext | null;
  [WORKER]?: number;
}

/**
 * The job that called, up to its first `await`; null outside of jobs.
 *
 * A job that asked for it and is aborted has `abortGrace` milliseconds to end; others end at once, with their worker.
 */
export function currentJob(): JobContext | null {
  return (globalThis as Shared)[CURRENT]?.() ?? null;
}

/** The number of this worker among those of its lane; -1 on other threads. */
export function workerOfJobs(): number {
  return (globalThis as Shared)[WORKER] ?? -1;
}

/** This thread is worker number `worker`: `context` is what {@link currentJob} gives there. */
export function beWorker(worker: number, context: () => JobContext | null): void {
  const shared = globalThis as Shared;
  shared[WORKER] = worker;
  shared[CURRENT] = context;
}

/** A result, and what of it moves to the main thread instead of being copied: `return transferring(bytes, [bytes.buffer])`. */
export function transferring<T>(value: T, transfer: readonly unknown[]): T {
  return { [TRANSFER]: transfer, value } as unknown as T;
}

interface Transferring {
  readonly [TRANSFER]: readonly never[];
  readonly value: unknown;
}

/** Whether `result` was made by {@link transferring}. */
export function isTransferring(result: unknown): result is { value: unknown } {
  return typeof result === "object" && result !== null && TRANSFER in result;
}

/** What moves. */
export function transferOf(result: { value: unknown }): readonly never[] {
  return (result as Transferring)[TRANSFER];
}
