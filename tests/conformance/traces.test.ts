// @timeout 900
/**
 * One program, every way to run it: the simulator's trace is the golden one (`npm test -- conformance/traces --update`
 * rewrites it), and all others must equal it.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { buildEspruino, buildXs } from "../../cli/build/device.js";
import { buildShared, buildSim, importSim } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { traceOnEspruino } from "../../cli/engines/run-espruino.js";
import { runSim } from "../../cli/engines/run-sim.js";
import { runXs } from "../../cli/engines/run-xs.js";
import { examples, findProgram, type ProgramFile } from "../../cli/programs.js";
import { compareTraces } from "../../cli/report/compare.js";
import { formatTrace, parseTrace, type Trace } from "../../cli/report/trace.js";
import type { Scenario } from "../../targets/sim/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { pixl } from "../../targets/espruino/index.js";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";

const test = suite("conformance/traces");
const folder = join(DORMOUSE_ROOT, "tests/conformance/programs");

/** The programs here, each about one thing, are over soon: on Espruino they take as long as they say. */
const SHORT: Scenario = { duration: 300, seed: 1, inputs: [] };

const programs = [
  ...examples(),
  ...readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ ...findProgram(join(folder, file)), scenario: SHORT })),
];

for (const program of programs) {
  const expected = (): Trace => parseTrace(readFileSync(goldenFile(program), "utf8"));

  test(`${program.id}: the simulator gives the golden trace`, async () => {
    const actual = await onSim(program, false);
    if (process.env["UPDATE"] === "1") writeFileSync(goldenFile(program), formatTrace(actual));
    same(expected(), actual, 0);
  });

  test(`${program.id}: the minified build gives it too`, async () => {
    same(expected(), await onSim(program, true), 0);
  });

  test(`${program.id}: its tasks give it with frames in shared memory too`, async () => {
    const built = await buildShared(program.entry, false);
    assert.match(built.code, /sharedPoll\(/);
    const run = await runSim(await importSim(built, `${program.id}-shared`), program.scenario);
    same(expected(), run.trace, 0);
  });

  const isEndless = /^ \* uncompiled: never ends$/m.test(readFileSync(program.entry, "utf8"));
  if (isEndless) test.skip(`${program.id}: the program as TypeScript alone lowers it`, "it never ends");
  else {
    test(`${program.id}: the program as TypeScript alone lowers it gives it too`, async () => {
      const module = await importUncompiled(program.entry, `${program.id}-uncompiled`);
      same(expected(), (await runSim(module, program.scenario)).trace, 0);
    });
  }

  const xs = findXs();
  if ("missing" in xs) test.skip(`${program.id}: XS gives it exactly`, xs.missing);
  else {
    test(`${program.id}: XS gives it exactly, plain and minified`, async () => {
      for (const minify of [false, true]) {
        const { code } = await buildXs({ entry: program.entry, board: esp32, minify });
        same(expected(), await runXs(xs.path, code, esp32, program.scenario, expected()), 0);
      }
    });
  }

  const espruino = findEspruino();
  if ("missing" in espruino) test.skip(`${program.id}: Espruino gives it exactly`, espruino.missing);
  else {
    test(`${program.id}: Espruino gives it exactly, plain and minified`, async () => {
      for (const minify of [false, true]) {
        const { code } = await buildEspruino({ entry: program.entry, board: pixl, minify });
        const { scenario } = program;
        const run = await traceOnEspruino(espruino.path, code, pixl, scenario, expected(), "virtual");
        assert.equal([...run.uncaught], []);
        same(expected(), run.trace, 0);
      }
    });
  }
}

async function onSim(program: ProgramFile, minify: boolean): Promise<Trace> {
  const module = await importSim(await buildSim(program.entry, minify), program.id);
  return (await runSim(module, program.scenario)).trace;
}

function same(expected: Trace, actual: Trace, tolerance: number): void {
  assert.equal([...compareTraces(expected, actual, tolerance).differences], []);
}

/** `examples/blink/expected.trace`, or `NAME.trace` beside a program that is one file. */
function goldenFile({ entry }: ProgramFile): string {
  const isMain = basename(entry) === "main.ts";
  return isMain ? join(dirname(entry), "expected.trace") : entry.replace(/\.ts$/, ".trace");
}
