// @timeout 900
/** One program on the real engines of boards: each gives the golden trace, plain and minified. */
import { buildEspruino, buildXs } from "../../cli/build/device.js";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { traceOnEspruino } from "../../cli/engines/run-espruino.js";
import { runXs } from "../../cli/engines/run-xs.js";
import { esp32 } from "../../targets/moddable/index.js";
import { pixl } from "../../targets/espruino/index.js";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";
import { assertSame, golden, programs } from "../support/golden.js";

const test = suite("conformance/traces-boards");

const xs = findXs();
const espruino = findEspruino();

for (const program of programs) {
  if ("missing" in xs) test.skip(`${program.id}: XS gives it exactly`, xs.missing);
  else {
    test(`${program.id}: XS gives it exactly, plain and minified`, async () => {
      for (const minify of [false, true]) {
        const { code } = await buildXs({ entry: program.entry, board: esp32, minify });
        assertSame(golden(program), await runXs(xs.path, code, esp32, program.scenario, golden(program)));
      }
    });
  }

  if ("missing" in espruino) test.skip(`${program.id}: Espruino gives it exactly`, espruino.missing);
  else {
    test(`${program.id}: Espruino gives it exactly, plain and minified`, async () => {
      for (const minify of [false, true]) {
        const { code } = await buildEspruino({ entry: program.entry, board: pixl, minify });
        const { scenario } = program;
        const run = await traceOnEspruino(espruino.path, code, pixl, scenario, golden(program), "virtual");
        assert.equal([...run.uncaught], []);
        assertSame(golden(program), run.trace);
      }
    });
  }
}
