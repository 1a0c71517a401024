/**
 * Where tasks were when they threw, on the engine of a board. Builds for boards keep nothing that tells it: the program is
 * run once more, in virtual time, built with its lines and calls.
 */
import type { BoardSpec } from "../../hal/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { buildEspruino, buildXs } from "../build/device.js";
import { boardFaultTexts } from "../report/board-faults.js";
import type { Trace } from "../report/trace.js";
import type { ProgramFile } from "../programs.js";
import { linesOnEspruino } from "./run-espruino.js";
import { linesOnXs } from "./run-xs.js";

/** What tasks of `program` threw on XS, some lines each. */
export async function faultsOnXs(binary: string, program: ProgramFile): Promise<string[]> {
  const built = await buildXs({ entry: program.entry, board: esp32, minify: false, stacks: true });
  return boardFaultTexts(await linesOnXs(binary, built.code, esp32, program.scenario), built);
}

/** The same on Espruino, and errors that no task threw. */
export async function faultsOnEspruino(
  binary: string,
  program: ProgramFile,
  board: BoardSpec,
  expected: Trace,
): Promise<string[]> {
  const built = await buildEspruino({ entry: program.entry, board, minify: false, stacks: true });
  const run = await linesOnEspruino(binary, built, board, program.scenario, expected);
  return [
    ...boardFaultTexts(run.lines, built, run.before),
    ...run.uncaught.map((error) => `outside of tasks: ${error}`),
  ];
}
