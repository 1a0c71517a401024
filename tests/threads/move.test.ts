// @timeout 120
/**
 * Tasks that move between real threads at each wait do what they do on one thread, and so do those whose frames are
 * objects. Two workers take turns: what one has polled, the other polls next.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import * as assert from "uvu/assert";
import { bundle } from "../../cli/build/bundle.js";
import type { Backend } from "../../compiler/index.js";
import type { makeSharedMemory } from "../../core/index.js";
import { suite } from "../support/suite.js";
import type * as player from "./programs/player.js";

const test = suite("threads/move");

const FOLDER = join(DORMOUSE_ROOT, "tests/threads/programs");
const EACH = 10;
const KINDS = ["collatz", "sums", "cleanups", "endless", "weathers", "powers", "idle"];
const TASKS = KINDS.length * EACH;

/** What the bundle of a back end exports. */
interface Built {
  readonly file: string;
  readonly module: typeof player & {
    readonly start: player.Start;
    readonly makeSharedMemory: typeof makeSharedMemory;
  };
}

interface Played {
  readonly results: readonly number[];
  readonly outcomes: readonly number[];
  readonly moves: number;
  readonly stays: number;
}

async function built(backend: Backend, minify: boolean): Promise<Built> {
  const { code } = await bundle({
    entry: join(FOLDER, "walks.ts"),
    backend,
    minify,
    wrapper: () => wrapper(),
    esbuild: { format: "esm", target: "es2022", platform: "neutral", external: ["node:worker_threads"] },
  });
  const folder = join(DORMOUSE_ROOT, ".build/threads");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${backend}-${minify}.mjs`);
  writeFileSync(file, code);
  return { file, module: (await import(pathToFileURL(file).href)) as Built["module"] };
}

/** In a worker the bundle plays at once. */
function wrapper(): string {
  const from = (name: string): string => JSON.stringify(join(FOLDER, name));
  return `import { workerData } from "node:worker_threads";
    import * as walks from ${from("walks.ts")};
    import { play } from ${from("player.ts")};
    export * from ${from("player.ts")};
    export { makeSharedMemory } from "dormouse";
    export const start = { kinds: ${JSON.stringify(KINDS)}.map((kind) => walks[kind]), each: ${EACH} };
    if (workerData) play(workerData.game, workerData.me, start);`;
}

/** Plays on this thread alone. */
function alone({ module }: Built): Played {
  const game = module.makeGame(TASKS, 1, undefined);
  module.play(game, 0, module.start);
  return played(module, game);
}

/** Plays on `players` workers. */
async function together({ module, file }: Built, players: number): Promise<Played> {
  const game = module.makeGame(TASKS, players, module.makeSharedMemory().buffer);
  const workers = Array.from({ length: players }, (_, me) => new Worker(file, { workerData: { game, me } }));
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on("error", reject);
          worker.on("exit", () => {
            resolve();
          });
        }),
    ),
  );
  return played(module, game);
}

function played(module: Built["module"], game: player.Game): Played {
  const tasks = Array.from({ length: TASKS }, (_, i) => i);
  return {
    results: tasks.map((task) => game.results[task]!),
    outcomes: tasks.map((task) => module.outcomeOf(game, task)),
    moves: game.words[module.MOVES]!,
    stays: game.words[module.STAYS]!,
  };
}

let expected: Played;

test.before(async () => {
  expected = alone(await built("arena", false));
});

test("tasks with frames in shared memory do what those with object frames do", async () => {
  const shared = await built("shared", false);
  assert.match((await import("node:fs")).readFileSync(shared.file, "utf8"), /collatz\$sharedPoll/);
  assert.equal(alone(shared), expected);
});

for (const players of [2, 3]) {
  test(`tasks that go on at another of ${players} threads after each wait give the same`, async () => {
    const moved = await together(await built("shared", players === 3), players);
    assert.equal(moved.results, expected.results);
    assert.equal(moved.outcomes, expected.outcomes);
    // Each task waits some dozen times; errors that wait in a finally keep theirs where they are, which is seldom.
    assert.ok(moved.moves > 20 * TASKS, `${moved.moves} moves`);
    assert.ok(moved.stays > 0 && moved.stays < moved.moves / 10, `${moved.stays} stays`);
  });
}

test("the tasks end in all ways, with numbers that only doubles hold", () => {
  assert.equal([...new Set(expected.outcomes)].sort(), [5, 7]);
  assert.ok(expected.results.some((each) => each % 1 !== 0 && Math.abs(each) > 2 ** 32));
});
