/** The lines by which an engine reports what happened: `pin TIME LINE LEVEL`, `line TIME TEXT`. */
import type { BoardSpec } from "../../hal/index.js";
import type { Scenario } from "../../targets/sim/index.js";
import type { LineEvent, PinEvent, Trace } from "../report/trace.js";

/** The line about a task that threw. Engines word their own errors differently: that it ended is what counts. */
const FAULT = /^(task ".*" ended by an error): .*$/;

/** The trace of a run. Pins are called as on the simulated board, whatever the engine calls its lines. */
export function traceFromEvents(
  events: readonly string[],
  board: BoardSpec,
  scenario: Scenario,
  expected: Trace,
): Trace {
  const pins: PinEvent[] = [];
  const lines: LineEvent[] = [];
  for (const event of events) {
    const [kind, time, ...rest] = event.split(" ");
    const at = Number(time);
    const [line = "", level] = rest;
    if (kind === "pin") pins.push({ at, pin: nameOf(line, board, expected), level: level === "1" ? 1 : 0 });
    if (kind === "line") lines.push({ at, text: rest.join(" ").replace(FAULT, "$1") });
  }
  const { outputs, inputs, initial } = expected;
  return { end: scenario.duration, outputs, inputs, initial, pins, lines };
}

/** Several names may share a line: the one that the program uses is meant. */
function nameOf(line: string, board: BoardSpec, expected: Trace): string {
  const names = Object.entries(board.pins).filter(([, spec]) => String(spec.line) === line);
  const used = names.find(([name]) => expected.outputs.includes(name)) ?? names[0];
  return used?.[0] ?? line;
}
