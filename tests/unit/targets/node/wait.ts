/** Waiting for what other processes do, which has no callback. */
import { setTimeout as delay } from "node:timers/promises";

const LIMIT_MS = 10_000;

/** Resolves once `holds`; fails after ten seconds with what `wanted` says. */
export async function until(wanted: string, holds: () => boolean): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > LIMIT_MS) throw new Error(`never came: ${wanted}`);
    await delay(2);
  }
}
