/** CPU of jobs that tasks await: `node jobs.mjs PROGRAM`; prints microseconds a job, in each round. */
import { pathToFileURL } from "node:url";
import type { Threads } from "../../targets/node/index.js";

interface Program {
  readonly pool: Threads;
  readonly default: () => void;
}

const JOBS = 20_000;
const WARM_UP = 12;
const ROUNDS = 5;

const { default: start, pool } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as Program;
const rounds: number[] = [];
for (let i = -WARM_UP; i < ROUNDS; i++) {
  const before = process.cpuUsage();
  await new Promise<void>((end) => {
    Object.assign(globalThis, { pool, jobs: { count: JOBS, end } });
    start();
  });
  const { user, system } = process.cpuUsage(before);
  if (i >= 0) rounds.push((user + system) / JOBS);
}
console.log(JSON.stringify(rounds));
await pool.close();
process.exit();
