/** The programs that run every way there is, and the golden trace that each of them gives. */
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { examples, findProgram, type ProgramFile } from "../../cli/programs.js";
import { compareTraces } from "../../cli/report/compare.js";
import { parseTrace, type Trace } from "../../cli/report/trace.js";
import type { Scenario } from "../../targets/sim/index.js";
import * as assert from "uvu/assert";

const folder = join(DORMOUSE_ROOT, "tests/conformance/programs");

/** The programs here, each about one thing, are over soon: on Espruino they take as long as they say. */
const SHORT: Scenario = { duration: 300, seed: 1, inputs: [] };

export const programs = [
  ...examples(),
  ...readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ ...findProgram(join(folder, file)), scenario: SHORT })),
];

/** What the simulator gave when the goldens were written: all other ways must equal it. */
export function golden(program: ProgramFile): Trace {
  return parseTrace(readFileSync(goldenFile(program), "utf8"));
}

export function assertSame(expected: Trace, actual: Trace): void {
  assert.equal([...compareTraces(expected, actual, 0).differences], []);
}

/** `examples/blink/expected.trace`, or `NAME.trace` beside a program that is one file. */
export function goldenFile({ entry }: ProgramFile): string {
  const isMain = basename(entry) === "main.ts";
  return isMain ? join(dirname(entry), "expected.trace") : entry.replace(/\.ts$/, ".trace");
}
