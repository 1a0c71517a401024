/** A limit for work on this thread that may never return. */
import { runInNewContext } from "node:vm";

/**
 * Does `work`, and returns what it returns; what it throws is thrown.
 *
 * @param late - makes the error that is thrown when `work` takes longer
 */
export function withinTime<T>(limitMs: number, work: () => T, late: () => Error): T {
  try {
    // A script that is over its time is ended, and with it all that it called.
    return runInNewContext("work()", { work }, { timeout: limitMs }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw late();
    throw error;
  }
}
