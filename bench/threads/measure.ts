/** Runs bench/threads/driver.ts, in a process for each figure. */
import { join } from "node:path";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { PoolName } from "./pools.js";

const RUN = join(DORMOUSE_ROOT, "scripts/run.mjs");
const DRIVER = join(DORMOUSE_ROOT, "bench/threads/driver.ts");

export type Scenario = "tiny" | "skew" | "start" | "memory";

/** What the driver found for a pool. */
export function measured<T>(scenario: Scenario, pool: PoolName): Promise<T> {
  return runDriver<T>(RUN, [DRIVER, scenario, pool]);
}

/** Medians of `rounds` processes of two pools, by turns. */
export async function byTurns(scenario: Scenario, rounds: number): Promise<{ ours: number; raw: number }> {
  const found = { ours: [] as number[], raw: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    found.raw.push(await measured<number>(scenario, "raw"));
    found.ours.push(await measured<number>(scenario, "ours"));
  }
  return { ours: median(found.ours), raw: median(found.raw) };
}
