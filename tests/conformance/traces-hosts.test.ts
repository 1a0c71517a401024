// @timeout 900
/**
 * One program, every way to run it on a host: the simulator's trace is the golden one (`npm test --
 * conformance/traces-hosts --update` rewrites it), and all others must equal it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { buildShared, buildSim, importSim } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import { runSim } from "../../cli/engines/run-sim.js";
import type { ProgramFile } from "../../cli/programs.js";
import { formatTrace, type Trace } from "../../cli/report/trace.js";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";
import { assertSame, golden, goldenFile, programs } from "../support/golden.js";

const test = suite("conformance/traces-hosts");

for (const program of programs) {
  test(`${program.id}: the simulator gives the golden trace`, async () => {
    const actual = await onSim(program, false);
    if (process.env["UPDATE"] === "1") writeFileSync(goldenFile(program), formatTrace(actual));
    assertSame(golden(program), actual);
  });

  test(`${program.id}: the minified build gives it too`, async () => {
    assertSame(golden(program), await onSim(program, true));
  });

  test(`${program.id}: its tasks give it with frames in shared memory too`, async () => {
    const built = await buildShared(program.entry, false);
    assert.match(built.code, /sharedPoll\(/);
    const run = await runSim(await importSim(built, `${program.id}-shared`), program.scenario);
    assertSame(golden(program), run.trace);
  });

  const isEndless = /^ \* uncompiled: never ends$/m.test(readFileSync(program.entry, "utf8"));
  if (isEndless) test.skip(`${program.id}: the program as TypeScript alone lowers it`, "it never ends");
  else {
    test(`${program.id}: the program as TypeScript alone lowers it gives it too`, async () => {
      const module = await importUncompiled(program.entry, `${program.id}-uncompiled`);
      assertSame(golden(program), (await runSim(module, program.scenario)).trace);
    });
  }
}

async function onSim(program: ProgramFile, minify: boolean): Promise<Trace> {
  const module = await importSim(await buildSim(program.entry, minify), program.id);
  return (await runSim(module, program.scenario)).trace;
}
