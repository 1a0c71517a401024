// @timeout 180
/**
 * Shared tasks of all kinds while workers are killed one after the other: each promise settles once, with the task's result or
 * with the loss of its worker and nothing else; afterwards every slot is free again. A failure names the seed, for `SEED=`.
 */
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import type * as node from "../../targets/node/index.js";
import { buildShared } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as shared from "./programs/shared.js";

const test = suite("threads/stress-tasks");
const SECONDS = Number(process.env["SECONDS"] ?? 5);
const SEED = Number(process.env["SEED"] ?? Date.now() % 1e6);
const CLIENTS = 60;

/** Its worker died, or that of one whom it joined: perhaps so long ago that another has its slot. */
const LOST = ["E403", "E408", "E130"];

type Built = typeof shared & Pick<typeof node, "threads">;

let built: Built;
let program: URL;

test.before(async () => {
  ({ built, program } = await buildShared<Built>("shared", ["threads"]));
});

function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

interface Play {
  readonly task: node.SharedTask<unknown>;
  readonly expected: string;
}

function start(pool: node.Threads, random: () => number, workers: number): Play {
  const n = Math.floor(random() * 40);
  const kind = random();
  const worker = Math.floor(random() * workers);
  if (kind < 0.3) return { task: pool.spawn(built.spin, n), expected: `${(n * (n - 1)) / 2}` };
  if (kind < 0.45) return { task: pool.spawnOn(worker, built.spin, n), expected: `${(n * (n - 1)) / 2}` };
  if (kind < 0.7) return { task: pool.spawn(built.nap, n % 6, 1), expected: `${n % 6}` };
  if (kind < 0.8) return { task: pool.spawnOn(worker, built.nap, n % 6, 1), expected: `${n % 6}` };
  if (kind < 0.9) return { task: pool.spawn(built.fib, 15, 9), expected: "610" };
  return { task: pool.spawn(built.endless, n % 2 === 0), expected: "E402" };
}

async function play(
  pool: node.Threads,
  random: () => number,
  workers: number,
  until: number,
): Promise<string[]> {
  const wrong: string[] = [];
  while (performance.now() < until) {
    const { task, expected } = start(pool, random, workers);
    if (expected === "E402") setTimeout(() => task.cancel(), random() * 20);
    const outcome = await task.result.then(String, (error: unknown) => (error as { code?: string }).code);
    if (outcome !== expected && !LOST.includes(outcome ?? "")) wrong.push(`${outcome} for ${expected}`);
  }
  return wrong;
}

for (const flavor of ["workStealing", "globalQueue", "threadPerCore"] as const) {
  test(`each task ends as it must while workers die, in ${flavor}`, async () => {
    const workers = 3;
    const random = randomFrom(SEED);
    const faults: string[] = [];
    const pool = built.threads({ workers, flavor, program, onFault: (error) => faults.push(error.message) });
    await pool.ready("tasks");
    const { hands_: hands } = (
      pool as unknown as { tasks_: { hands_: { end(): Promise<unknown>; isReady: boolean }[] } }
    ).tasks_;
    const until = performance.now() + (1000 * SECONDS) / 3;
    const players = Promise.all(Array.from({ length: CLIENTS }, () => play(pool, random, workers, until)));
    let kills = 0;
    for (; performance.now() < until; kills++) {
      await passed(20 + random() * 150);
      const hand = hands[Math.floor(random() * workers)]!;
      if (hand.isReady) await hand.end();
    }
    assert.equal((await players).flat(), [], `SEED=${SEED}`);
    assert.ok(kills > 0);
    assert.ok(
      faults.every((each) => /^E(403|406|408|130)/.test(each)),
      `SEED=${SEED}: ${faults.join()}`,
    );
    // Every slot is there again.
    await pool.ready("tasks");
    const all = Array.from({ length: 300 }, () => pool.spawn(built.nap, 1, 1).result);
    assert.equal([...new Set(await Promise.all(all))], [1], `SEED=${SEED}`);
    assert.is(pool.stats("tasks").inFlight, 0);
    await pool.close();
  });
}
