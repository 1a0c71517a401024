/** Shared tasks on two workers: `node shared-tasks.mjs PROGRAM`; prints what each round took. */
import { pathToFileURL } from "node:url";
import type * as node from "../../targets/node/index.js";
import type * as tasks from "../programs/shared-tasks.js";
import { threadTimes } from "../measure/thread-times.js";

/** Of the busiest worker in all work of both, and milliseconds of the main thread's CPU. */
export interface SharedRound {
  readonly share: number;
  readonly mainMs: number;
}

/** By what is run. */
export interface SharedRounds {
  readonly fib: readonly SharedRound[];
  readonly crowd: readonly SharedRound[];
}

const N = 36;
const FIB = 14_930_352;
const CROWD = 1_000_000;
const WARM_UP = 3;
const ROUNDS = 7;

const program = pathToFileURL(process.argv[2] ?? "");
const { threads, fib, crowd } = (await import(program.href)) as typeof tasks & Pick<typeof node, "threads">;
const pool = threads({ workers: 2, program });

async function run(work: () => Promise<number>, expected: number): Promise<void> {
  const result = await work();
  if (result !== expected) throw new Error(`${result} instead of ${expected}`);
}

async function round(
  work: () => Promise<number>,
  expected: number,
  isByPolls: boolean,
): Promise<SharedRound> {
  const times = threadTimes();
  const polls = pool.polls;
  await run(work, expected);
  const after = threadTimes();
  const took = (id: number): number => (after.get(id) ?? 0) - (times.get(id) ?? 0);
  const busy = isByPolls
    ? pool.polls.map((each, i) => each - (polls[i] ?? 0))
    : [...after.keys()].filter((id) => id !== process.pid).map(took);
  const [most = 0, next = 0] = busy.sort((a, b) => b - a);
  return { share: most / (most + next), mainMs: took(process.pid) / 1e6 };
}

async function rounds(
  work: () => Promise<number>,
  expected: number,
  isByPolls: boolean,
): Promise<SharedRound[]> {
  for (let i = 0; i < WARM_UP; i++) await run(work, expected);
  const found: SharedRound[] = [];
  for (let i = 0; i < ROUNDS; i++) found.push(await round(work, expected, isByPolls));
  return found;
}

const found: SharedRounds = {
  fib: await rounds(() => pool.spawn(fib, N).result, FIB, false),
  crowd: await rounds(() => pool.spawn(crowd).result, CROWD, true),
};
console.log(JSON.stringify(found));
await pool.close();
process.exit();
