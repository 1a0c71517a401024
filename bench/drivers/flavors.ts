/** The flavours of worker threads at the same work: `node flavors.mjs PROGRAM`; prints, by work and flavour, each round. */
import { pathToFileURL } from "node:url";
import type { Flavor, Threads } from "../../targets/node/index.js";
import type * as node from "../../targets/node/index.js";
import type * as tasks from "../programs/flavors.js";
import { threadTimes } from "../measure/thread-times.js";

/** Milliseconds of CPU: of the thread that had most, and of all; and milliseconds that passed. */
export interface FlavorRound {
  readonly busiest: number;
  readonly all: number;
  readonly passed: number;
}

export const WORKS = ["uniform", "skewed", "waiting", "forkJoin"] as const;
export type Work = (typeof WORKS)[number];
export type FlavorRounds = Record<Work, Record<Flavor, FlavorRound[]>>;

const FLAVORS = ["workStealing", "globalQueue", "threadPerCore", "currentThread"] as const;
const ROUNDS = 3;
const TASKS = 400;

const program = pathToFileURL(process.argv[2] ?? "");
const { threads, work, wait, fib } = (await import(program.href)) as typeof tasks &
  Pick<typeof node, "threads">;

const many = (make: (i: number) => Promise<unknown>): Promise<unknown> =>
  Promise.all(Array.from({ length: TASKS }, (_, i) => make(i)));

const RUN: Readonly<Record<Work, (pool: Threads) => Promise<unknown>>> = {
  uniform: (pool) => many(() => pool.spawn(work, 20).result),
  // Four of them have as much to do as all others together.
  skewed: (pool) => many((i) => pool.spawn(work, i % 100 === 0 ? 2000 : 20).result),
  waiting: (pool) => many((i) => pool.spawn(wait, i).result),
  forkJoin: (pool) => pool.spawn(fib, 33).result,
};

async function round(pool: Threads, run: (pool: Threads) => Promise<unknown>): Promise<FlavorRound> {
  const before = threadTimes();
  const start = performance.now();
  await run(pool);
  const passed = performance.now() - start;
  const times = [...threadTimes()].map(([id, time]) => (time - (before.get(id) ?? 0)) / 1e6);
  return { busiest: Math.max(...times), all: times.reduce((sum, each) => sum + each, 0), passed };
}

const found = Object.fromEntries(
  WORKS.map((each) => [each, Object.fromEntries(FLAVORS.map((flavor) => [flavor, []]))]),
) as unknown as FlavorRounds;
for (let i = 0; i < ROUNDS; i++) {
  for (const flavor of FLAVORS) {
    const pool = threads({ workers: 2, flavor, program });
    await pool.ready("tasks");
    for (const each of WORKS) {
      // The engine compiles what runs, on each worker anew.
      await RUN[each](pool);
      const measured = await round(pool, RUN[each]);
      found[each][flavor].push(measured);
    }
    await pool.close();
  }
}
console.log(JSON.stringify(found));
process.exit();
