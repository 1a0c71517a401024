// @timeout 120
/** The examples on the real Espruino and its own timers: the trace is the golden one within a tolerance. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../cli/build/device.js";
import { findEspruino } from "../../cli/engines/find.js";
import { traceOnEspruino } from "../../cli/engines/run-espruino.js";
import { examples, type ProgramFile } from "../../cli/programs.js";
import { compareTraces } from "../../cli/report/compare.js";
import { parseTrace } from "../../cli/report/trace.js";
import { ESPRUINO_TOLERANCE, TRIES } from "../../cli/start.js";
import { pixl } from "../../targets/espruino/index.js";
import { suite, Unable } from "../support/suite.js";

const test = suite("conformance/own-clock");

/** When timers of this process, which sleeps meanwhile, are so late, the computer is too busy to be a clock. */
const BUSY_MS = ESPRUINO_TOLERANCE / 2;

const espruino = findEspruino();

for (const program of examples()) {
  const title = `${program.id}: Espruino gives the trace on its own clock`;
  if (espruino.path === undefined) test.skip(title, espruino.missing);
  else test(title, () => compare(espruino.path, program));
}

async function compare(binary: string, program: ProgramFile): Promise<void> {
  const { code } = await buildEspruino({ entry: program.entry, board: pixl, minify: true });
  const expected = parseTrace(readFileSync(join(dirname(program.entry), "expected.trace"), "utf8"));
  for (let tries = 1; ; tries++) {
    const lateness = monitorEventLoopDelay();
    lateness.enable();
    const { trace, uncaught } = await traceOnEspruino(binary, code, pixl, program.scenario, expected);
    lateness.disable();
    assert.equal([...uncaught], []);
    const { differences } = compareTraces(expected, trace, ESPRUINO_TOLERANCE);
    if (differences.length === 0) return;
    const late = Math.round(lateness.max / 1e6);
    if (late < BUSY_MS) assert.equal([...differences], []);
    if (tries === TRIES) throw new Unable(`timers of this busy computer are up to ${late} ms late`);
  }
}
