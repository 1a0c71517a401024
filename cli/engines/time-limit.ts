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

/** Imports `url`. Nothing can stop a module that never ends, so after `limitMs` the process is over, with `text`. */
export async function importWithinTime(limitMs: number, url: string, text: string): Promise<unknown> {
  const watch = new Worker(WATCH, { eval: true, workerData: { limitMs, text } });
  try {
    return (await import(url)) as unknown;
  } finally {
    await watch.terminate();
  }
}
