/** Measures one pool in a process of its own: `node scripts/run.mjs bench/threads/driver.ts SCENARIO POOL`; prints JSON. */
import { threadTimes } from "../measure/thread-times.js";
import { POOLS, type Pool, type PoolName } from "./pools.js";

const IN_FLIGHT = 64;
const JOBS = 20_000;
const ROUNDS = 5;
/** Until the engine has compiled what runs, in all threads. */
const WARM_UP = 80_000;

/** Microseconds of CPU a tiny job, of the whole process, in each round. */
async function tiny(pool: Pool): Promise<number[]> {
  await play(pool, WARM_UP / 4);
  const rounds: number[] = [];
  const enough = performance.now() + 1500;
  for (let left = WARM_UP; left > 0 && performance.now() < enough; left -= JOBS) await play(pool, JOBS);
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.cpuUsage();
    await play(pool, JOBS);
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / JOBS);
  }
  return rounds;
}

async function play(pool: Pool, jobs: number): Promise<void> {
  let sent = 0;
  const client = async (): Promise<void> => {
    while (sent < jobs) {
      const n = sent++;
      const doubled = await pool.run("double", n);
      if (doubled !== 2 * n) throw new Error(`${doubled} for ${n}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
}

const SMALL_JOBS = 200;
const LONG = 200;

/** The share of the busiest worker in all work, with a long job among small ones: first, in the middle, and known to be long. */
async function skew(pool: Pool): Promise<Record<string, number>> {
  const perMs = roundsPerMs();
  await Promise.all(Array.from({ length: 20 }, () => pool.run("burn", perMs)));
  const first = await shareOf(pool, 0, perMs, false);
  const middle = await shareOf(pool, SMALL_JOBS / 2, perMs, false);
  const hinted = await shareOf(pool, SMALL_JOBS / 2, perMs, true);
  return { first, middle, hinted };
}

async function shareOf(pool: Pool, at: number, perMs: number, isHinted: boolean): Promise<number> {
  const before = threadTimes();
  const jobs = Array.from({ length: SMALL_JOBS + 1 }, (_, i) => (i === at ? LONG : 1));
  await Promise.all(jobs.map((length) => pool.run("burn", length * perMs, isHinted && length === LONG)));
  const after = threadTimes();
  const busy = [...after].map(([id, time]) => (id === process.pid ? 0 : time - (before.get(id) ?? 0)));
  const all = busy.sort((a, b) => b - a);
  return (all[0] ?? 0) / ((all[0] ?? 0) + (all[1] ?? 0));
}

function roundsPerMs(): number {
  const rounds = 2_000_000;
  let x = 1;
  const time = (): number => {
    const start = process.cpuUsage().user;
    for (let i = 0; i < rounds; i++) x = (x * 1103515245 + 12345) | 0;
    return (process.cpuUsage().user - start) / 1000;
  };
  time();
  return Math.round(rounds / Math.max(Math.min(time(), time(), time()), 0.1)) + (x & 0);
}

/** Milliseconds of CPU from nothing until both workers have answered: those of the clock are others' too. */
async function start(pool: Pool, before: NodeJS.CpuUsage): Promise<number> {
  await pool.ready?.();
  await Promise.all([pool.run("double", 1), pool.run("double", 2)]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Megabytes of the process with both workers at rest. */
async function memory(pool: Pool): Promise<number> {
  await Promise.all(Array.from({ length: 100 }, (_, i) => pool.run("double", i)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  return process.memoryUsage.rss() / 2 ** 20;
}

const SCENARIOS = { tiny, skew, start, memory };

const [, , scenario, name] = process.argv as unknown as [string, string, keyof typeof SCENARIOS, PoolName];
const before = process.cpuUsage();
const pool = await POOLS[name]();
console.log(JSON.stringify(await SCENARIOS[scenario](pool, before)));
await pool.close();
process.exit();
