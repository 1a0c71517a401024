/** `using` in functions that no task awaits: Node and XS give the golden trace; for Espruino it is refused (tests/ui). */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { buildXs } from "../../cli/build/device.js";
import { buildSim, importSim } from "../../cli/build/sim.js";
import { findXs } from "../../cli/engines/find.js";
import { runSim } from "../../cli/engines/run-sim.js";
import { runXs } from "../../cli/engines/run-xs.js";
import { compareTraces } from "../../cli/report/compare.js";
import { formatTrace, parseTrace, type Trace } from "../../cli/report/trace.js";
import { esp32 } from "../../targets/moddable/index.js";
import type { Scenario } from "../../targets/sim/index.js";
import { suite } from "../support/suite.js";

const test = suite("conformance/using-plain");
const entry = join(DORMOUSE_ROOT, "tests/conformance/plain/using.ts");
const golden = entry.replace(/\.ts$/, ".trace");
const scenario: Scenario = { duration: 20, seed: 1, inputs: [] };

const expected = (): Trace => parseTrace(readFileSync(golden, "utf8"));
const same = (actual: Trace): void => assert.equal([...compareTraces(expected(), actual, 0).differences], []);

test("the simulator gives the golden trace", async () => {
  const { trace } = await runSim(await importSim(await buildSim(entry, false), "using-plain"), scenario);
  if (process.env["UPDATE"] === "1") writeFileSync(golden, formatTrace(trace));
  same(trace);
});

const xs = findXs();
if ("missing" in xs) test.skip("XS gives it too, plain and minified", xs.missing);
else
  test("XS gives it too, plain and minified", async () => {
    for (const minify of [false, true]) {
      const { code } = await buildXs({ entry, board: esp32, minify });
      same(await runXs(xs.path, code, esp32, scenario, expected()));
    }
  });
