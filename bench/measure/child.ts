/** Runs a program to its end. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const TIMEOUT_MS = 120_000;
const execute = promisify(execFile);

/** What the driver printed, as JSON. */
export async function runDriver<T>(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<T> {
  const { stdout } = await execute(process.execPath, [...flags, script, ...args], { timeout: TIMEOUT_MS });
  return JSON.parse(stdout) as T;
}
