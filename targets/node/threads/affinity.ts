/** Which worker a task runs on: asked, and said. */
import type { Task, TaskKind } from "../../../core/index.js";
import { currentExecutor } from "../../../core/executor.js";
import { coded } from "../tool-errors.js";
import { workerOfJobs } from "./job-context.js";
import { SharedExecutor } from "./tasks/shared-executor.js";
import { taskStart } from "./tasks/start.js";

/**
 * Starts a shared task that worker number `worker` alone runs, from inside of another: `spawnOn(currentWorker(), step, n)`.
 * The main thread has `spawnOn` of its threads.
 *
 * Cost: as `spawn`.
 * @throws E101 when all slots of the kind are in use, E404 unless the kind is shared, E420 when there is no such worker, E451
 * outside of shared tasks
 */
export function spawnOn<A extends readonly unknown[], R>(
  worker: number,
  kind: TaskKind<A, R>,
  ...args: A
): Task<R, A> {
  const executor: unknown = currentExecutor();
  if (executor instanceof SharedExecutor) return executor.spawnOn(worker, kind, args);
  throw coded(
    "E451",
    kind.name,
    "spawnOn() is for shared tasks. On the main thread call that of your threads()",
  );
}

/** The number of the worker that this runs on, of those that run jobs or of those that run shared tasks; -1 elsewhere. */
export function currentWorker(): number {
  return taskStart()?.me ?? workerOfJobs();
}
