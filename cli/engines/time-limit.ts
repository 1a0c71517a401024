/** A limit for work on this thread that may never return. */
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";

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

/** Runs beside this thread, and ends the process with a line of text unless it is ended first. */
const WATCH = `
  const { workerData } = require("node:worker_threads");
  setTimeout(() => {
    require("node:fs").writeSync(2, workerData.text + "\\n");
    process.kill(process.pid, "SIGKILL");
  }, workerData.limitMs);
`;

/** Imports `url`, {@link watched}. */
export function importWithinTime(limitMs: number, url: string, text: string): Promise<unknown> {
  return watched(limitMs, text, () => import(url) as Promise<unknown>);
}

/** Does `work`, which nothing can stop when it never ends: after `limitMs` the process is over, with `text`. */
export async function watched<T>(limitMs: number, text: string, work: () => Promise<T>): Promise<T> {
  const watch = new Worker(WATCH, { eval: true, workerData: { limitMs, text } });
  try {
    return await work();
  } finally {
    await watch.terminate();
  }
}
