/** What the main thread gives and gets of shared tasks. */
import type { TaskId } from "../../../../core/index.js";
import type { RunDraft } from "../functions.js";
import type { WorkerLimits } from "../types.js";
import type { TaskWorkerStats } from "./counts.js";
import type { Observing } from "./observer.js";
import type { Flavor } from "./queues.js";

export interface SharedTasksOptions extends WorkerLimits {
  readonly workers: number;
  readonly flavor: Flavor;
  readonly observing: Observing;
  /** The module that declares the tasks: each worker loads it. */
  readonly program: URL | string;
  /** Milliseconds that one poll of a task may take. */
  readonly hungAfter: number;
  readonly onFault: (error: Error) => void;
  /** Runs the jobs that tasks call. */
  readonly runDraft: RunDraft;
}

/** A task under way on some thread. */
export interface SharedTask<R> {
  /** Names it, as `spawn` does for tasks of one thread. */
  readonly id: TaskId;
  /** What it returns; rejects with what it throws, E402 when it was cancelled, E403 when its worker died. */
  readonly result: Promise<R>;
  /** Asks it to end, wherever it is. */
  cancel(): void;
}

/** What shared tasks are doing. */
export interface TaskStats {
  /** Workers that run them; 0 before the first was spawned. */
  readonly workers: number;
  /** Tasks that the main thread has spawned, and that are not over. */
  readonly inFlight: number;
  /** Those that are over. */
  readonly settled: number;
  /** By number of the worker. */
  readonly each: readonly TaskWorkerStats[];
}
