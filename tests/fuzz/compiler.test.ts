// @timeout 600
/**
 * Random programs, each way to run them. Those that do not depend on time must do what Node's own async functions do;
 * the others what TypeScript's lowering does on our executor. More of them: `node scripts/run.mjs tests/fuzz/main.ts`.
 */
import * as assert from "uvu/assert";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { suite } from "../support/suite.js";
import { disagreements, type Ways } from "./compare.js";
import * as engines from "./engines.js";
import { generate } from "./generate.js";
import type { CancelPlan } from "./module.js";
import { counts, movingOnNode } from "./moving.js";
import { generateNumeric } from "./numeric.js";
import { promisesOnNode } from "./plain.js";
import { render, type FuzzProgram } from "./tree.js";

const test = suite("fuzz/compiler");

const SEED = 40_000;
const COUNT = 12;

const PLAN: CancelPlan = Array.from({ length: COUNT }, (_, i) => [i, 1 + 2 * (i % 9)]);

const ways: Readonly<Record<string, engines.Run>> = {
  "the arena back end": engines.arenaOnNode(false),
  "the arena back end, minified": engines.arenaOnNode(true),
  "the shared back end": engines.sharedOnNode(false),
  "the board back end": engines.boardOnNode(false),
  "the board back end, minified": engines.boardOnNode(true),
};

for (const [name, tried] of Object.entries({ ...ways, "TypeScript's lowering": engines.uncompiledOnNode })) {
  test(`does what native async functions do: ${name}`, async () => {
    await agree({ name: "plain", right: engines.onPromises, tried }, false);
  });
}

for (const [name, tried] of Object.entries(ways)) {
  test(`does what TypeScript's lowering does with time and races: ${name}`, async () => {
    await agree({ name: "timed", right: engines.uncompiledOnNode, tried }, true);
  });
  test(`runs the same cleanup when cancelled: ${name}`, async () => {
    await agree({ name: "cancelled", right: engines.uncompiledOnNode, tried }, true, PLAN);
  });
}

test("does what native async functions do: the promise lowering", async () => {
  const ways = { name: "promise", right: engines.onPromises, tried: promisesOnNode };
  await agree(ways, false, [], (seed) => generate(seed, false, true));
});

for (const minify of [false, true]) {
  test(`keeps numbers in shared memory exactly, ${minify ? "minified" : "with time"}`, async () => {
    const right = minify ? engines.onPromises : engines.uncompiledOnNode;
    const tried = engines.sharedOnNode(minify);
    await agree({ name: "numeric", right, tried }, !minify, [], generateNumeric);
  });
}

test("runs the same cleanup when tasks with frames in shared memory are cancelled", async () => {
  const tried = engines.sharedOnNode(false);
  await agree({ name: "numeric", right: engines.uncompiledOnNode, tried }, true, PLAN, generateNumeric);
});

for (const plan of [[], PLAN]) {
  const what = plan.length > 0 ? "are cancelled" : "wait";
  test(`goes on elsewhere as it would have here: tasks that move at random while they ${what}`, async () => {
    const right = engines.uncompiledOnNode;
    await agree({ name: "moving", right, tried: movingOnNode(1) }, true, plan);
    const before = counts.moves;
    await agree({ name: "moving-numeric", right, tried: movingOnNode(2) }, true, plan, generateNumeric);
    assert.ok(counts.moves - before > 5 * COUNT, `${counts.moves - before} moves`);
  });
}

const xs = findXs();
if ("missing" in xs) test.skip("does what native async functions do: XS", xs.missing);
else {
  test("does what native async functions do: XS", async () => {
    await agree({ name: "xs", right: engines.onPromises, tried: engines.boardOnXs(xs.path) }, false);
  });
}

const espruino = findEspruino();
if ("missing" in espruino) test.skip("does what native async functions do: Espruino", espruino.missing);
else {
  test("does what native async functions do: Espruino", async () => {
    const tried = engines.boardOnEspruino(espruino.path);
    const ways = { name: "espruino", right: engines.onPromises, tried };
    await agree(ways, false, [], (seed) => generate(seed, false, true));
  });
}

async function agree(
  ways: Ways,
  isTimed: boolean,
  plan: CancelPlan = [],
  make: (seed: number, isTimed: boolean) => FuzzProgram = generate,
): Promise<void> {
  const programs = Array.from({ length: COUNT }, (_, i) => make(SEED + i, isTimed));
  const found = await disagreements(programs, ways, plan);
  assert.equal(
    found.map(({ program, expected, actual }) => `${render(program, 0)}\n${expected}\n--- but\n${actual}`),
    [],
  );
}
