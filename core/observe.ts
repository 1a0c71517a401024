import type { TaskId } from "./arena.js";
import { attach, type TaskHooks } from "./observed-executor.js";
import { executorFor } from "./task.js";

/**
 * Tells `hooks`, a {@link Meter} say, what happens to the tasks of this program from now on; those that were told before are not
 * any more. The first line of `main` is the place.
 *
 * Cost: nothing in programs that do not call it; else a call for each event that `hooks` has a function for.
 * @throws E202 when no executor runs
 */
export function observe(hooks: TaskHooks): void {
  attach(executorFor("hooks", "observe"), hooks);
}

/** The slot of a task: what hooks and meters know it by. A later task may have it too. Cost: O(1). @throws E202 when no executor runs */
export function slotOf(task: TaskId): number {
  return executorFor(task, "slotOf").arena.placeOf(task);
}
