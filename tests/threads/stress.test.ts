// @timeout 120
/**
 * Ten seconds of jobs of all kinds at once, some of which end their worker: each promise settles once, with what its job
 * gives and nothing else, and nothing is left behind. A failure names the seed, which `SEED=` gives again.
 */
import * as assert from "uvu/assert";
import { threads, type JobOptions, type Threads } from "../../targets/node/index.js";
import { suite } from "../support/suite.js";

const test = suite("threads/stress");
const SECONDS = Number(process.env["SECONDS"] ?? 5);
const SEED = Number(process.env["SEED"] ?? Date.now() % 1e6);

/** A job, and what its promise must do: text that the outcome starts with, or several that it may. */
interface Kind {
  start(pool: Threads, n: number, options: JobOptions): Promise<unknown>;
  readonly outcomes: (n: number) => readonly string[];
  /** How often, of 1000. */
  readonly weight: number;
}

const ABORTED = "AbortError";
const large = (n: number): Float64Array => new Float64Array(5000).fill(n);

const KINDS: readonly Kind[] = [
  {
    weight: 560,
    start: (pool, n, options) => pool.run((x: number) => x * 2, [n], options),
    outcomes: (n) => [`ok ${2 * n}`],
  },
  {
    weight: 120,
    start: (pool, n, options) =>
      pool.run((list: Float64Array) => list.map((x) => x + 1), [large(n)], options),
    outcomes: (n) => [`ok ${n + 1},${n + 1},`],
  },
  {
    weight: 100,
    start: (pool, n, options) =>
      pool.run(
        (x: number) => new Promise((resolve) => setTimeout(resolve, x % 5, `waited ${x}`)),
        [n],
        options,
      ),
    outcomes: (n) => [`ok waited ${n}`],
  },
  {
    weight: 100,
    start: (pool, n, options) =>
      pool.run(
        (x: number): never => {
          throw new RangeError(`no ${x}`);
        },
        [n],
        options,
      ),
    outcomes: (n) => [`RangeError: no ${n}`],
  },
  {
    weight: 2,
    start: (pool, _n, options) => pool.run(() => process.exit(7), [], options),
    outcomes: () => ["Error: E430"],
  },
  {
    weight: 2,
    start: (pool, _n, options) =>
      pool.run(
        () => {
          setTimeout(() => {
            throw new Error("late");
          });
          return new Promise(() => undefined);
        },
        [],
        options,
      ),
    outcomes: () => ["Error: E431"],
  },
  {
    weight: 2,
    start: (pool) =>
      pool.run(
        () => {
          for (;;);
        },
        [],
        { signal: AbortSignal.timeout(5) },
      ),
    outcomes: () => ["TimeoutError"],
  },
];

/** Numbers that look random, from one. */
function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function kindOf(random: number): Kind {
  let left = random * KINDS.reduce((sum, { weight }) => sum + weight, 0);
  return KINDS.find(({ weight }) => (left -= weight) < 0) ?? KINDS[0]!;
}

interface Tally {
  settled: number;
  readonly wrong: string[];
}

async function play(pool: Threads, random: () => number, tally: Tally, until: number): Promise<void> {
  for (let n = 0; performance.now() < until; n++) {
    const kind = kindOf(random());
    const isAborted = random() < 0.05;
    const controller = new AbortController();
    const options: JobOptions = {
      priority: (["high", "normal", "low"] as const)[n % 3]!,
      ...(isAborted ? { signal: controller.signal } : {}),
      ...(random() < 0.1 ? { lane: "blocking" } : {}),
    };
    if (isAborted) setTimeout(() => controller.abort(), random() * 3);
    const outcome = await kind.start(pool, n, options).then(
      (value) => `ok ${String(value)}`,
      (error: unknown) => String(error),
    );
    tally.settled++;
    const allowed = [...kind.outcomes(n), ...(isAborted ? [ABORTED] : [])];
    if (!allowed.some((each) => outcome.startsWith(each))) tally.wrong.push(outcome.slice(0, 200));
  }
}

for (const workers of [1, 3]) {
  test(`each job gives what it must on ${workers} workers, some of which die`, async () => {
    const random = randomFrom(SEED + workers);
    const pool = threads({ workers, maxBlocking: 2, keepAlive: 50, onFault: () => undefined });
    const tally: Tally = { settled: 0, wrong: [] };
    const until = performance.now() + 1000 * SECONDS;
    await Promise.all(Array.from({ length: 100 }, () => play(pool, random, tally, until)));
    assert.equal(tally.wrong, [], `SEED=${SEED}`);
    assert.ok(tally.settled > 100, `SEED=${SEED}: ${tally.settled} jobs`);
    assert.is(pool.stats().inFlight + pool.stats("blocking").inFlight, 0);
    await pool.close();
  });
}
