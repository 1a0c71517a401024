/** What it costs to have a tiny job done, with 64 of them under way and two workers. */
import { nodeDriver, nodeModule } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Found, Group } from "../rows.js";
import { installPools } from "./install.js";
import { measured } from "./measure.js";
import type { PoolName } from "./pools.js";

const NPM: readonly PoolName[] = [
  "piscina",
  "piscina, 16 tasks a worker",
  "tinypool",
  "tinypool, 16 tasks a worker",
  "poolifier",
  "workerpool",
];

const IN_TASKS = `import { run, threads } from "./targets/node/index.js";
  export const pool = threads({ workers: 2 });
  let running;
  export default () => {
    if (running === undefined) running = run(main, { pins: "memory" });
    else running.executor.enter(main);
  };`;

export const tiny: Group = {
  title: "tiny jobs",
  rows: [
    { id: "threads-tiny", engine: "v8", unit: "x postMessage", limit: 0.5 },
    { id: "threads-tiny-task", engine: "v8", unit: "x postMessage", limit: 0.2 },
    { id: "threads-tiny-npm", engine: "v8", unit: "x cheapest pool", limit: 0.2 },
  ],

  async measure(say) {
    say("postMessage and ours, by turns");
    const raw: number[] = [];
    const ours: number[] = [];
    const tasks: number[] = [];
    const program = [await nodeDriver("jobs"), await nodeModule("jobs", IN_TASKS)] as const;
    for (let i = 0; i < 3; i++) {
      raw.push(...(await measured<number[]>("tiny", "raw")));
      ours.push(...(await measured<number[]>("tiny", "ours")));
      tasks.push(...(await runDriver<number[]>(program[0], [program[1]])));
    }
    const [a, b, c] = [median(raw), median(ours), median(tasks)];
    const what = "CPU of all threads per job, 64 under way, 2 workers; medians of 15 rounds of 20 000";
    return {
      "threads-tiny": { value: b / a, note: `${what}; ${b.toFixed(2)} / ${a.toFixed(2)} us` },
      "threads-tiny-task": { value: c / a, note: `awaited by tasks; ${c.toFixed(2)} / ${a.toFixed(2)} us` },
      "threads-tiny-npm": await againstNpm(b, say),
    };
  },
};

async function againstNpm(ours: number, say: (doing: string) => void): Promise<Found> {
  const missing = await installPools(say);
  if (missing !== undefined) return { skipped: missing };
  const costs: [string, number][] = [];
  for (const name of NPM) {
    say(name);
    costs.push([name, median(await measured<number[]>("tiny", name))]);
  }
  const least = Math.min(...costs.map(([, cost]) => cost));
  const all = costs.map(([name, cost]) => `${name} ${cost.toFixed(1)}`).join("; ");
  return { value: ours / least, note: `${ours.toFixed(2)} us; ${all}` };
}
