/**
 * Runs a device build on the real Espruino, on its own clock. Its Linux build has no pins: a prelude in its own
 * language stands in for the pin functions, records outputs and drives inputs at their time. Engine and timers are real.
 */
import type { BoardSpec, PinTable } from "../../hal/index.js";
import { stimuliOf, type Scenario } from "../../targets/sim/index.js";
import type { Trace } from "../report/trace.js";
import { runEspruino } from "./espruino.js";
import { traceFromEvents } from "./events.js";

const END = "@end";

/** Time for the engine to start and stop, on a loaded machine. */
const GRACE = 10_000;

export interface EspruinoTrace {
  readonly trace: Trace;
  /** Errors that the engine reported. */
  readonly uncaught: readonly string[];
}

/** Runs `code`, built by `buildEspruino` for `board`. @throws Error when the engine does not come to the end */
export async function traceOnEspruino(
  binary: string,
  code: string,
  board: BoardSpec,
  scenario: Scenario,
  expected: Trace,
): Promise<EspruinoTrace> {
  const source = prelude(board, scenario, expected) + code;
  const options = { until: END, timeoutMs: scenario.duration + GRACE };
  const { lines, uncaught, ended } = await runEspruino(binary, source, options);
  if (ended !== "marker")
    throw new Error(
      `Espruino ${ended === "timeout" ? "did not come to the end" : "exited early"}: ${uncaught.join("; ")}`,
    );
  return { trace: traceFromEvents(lines, board, scenario, expected), uncaught };
}

/** What stands in for the pins: plain ES5, each definition before its use. */
function prelude(board: BoardSpec, scenario: Scenario, expected: Trace): string {
  const script = stimuliOf(scenario).flatMap(({ at, pin, value, isAnalog }) => {
    const line = (board.pins as PinTable)[pin]?.line;
    return line === undefined ? [] : [`[${at},${JSON.stringify(line)},${isAnalog ? value / 4095 : value}]`];
  });
  const levels = expected.inputs.map((pin) => {
    const line = (board.pins as PinTable)[pin]?.line ?? pin;
    return `${JSON.stringify(line)}:${expected.initial[pin] ?? 0}`;
  });
  return `
var out$ = console.log, start$, levels$ = {${levels.join(",")}}, outputs$ = {}, watches$ = {}, script$ = [${script.join(",")}];
var now$ = function () { return Math.round((getTime() - start$) * 1000); };
var console = { log: function (text) { out$("line " + now$() + " " + text); } };
var digitalWrite = function (pin, level) {
  if ((outputs$[pin] || 0) == level) return;
  outputs$[pin] = level;
  out$("pin " + now$() + " " + pin + " " + level);
};
var digitalRead = function (pin) { return levels$[pin] || 0; };
var analogRead = function (pin) { return levels$[pin] || 0; };
var pinMode = function () {};
var setWatch = function (callback, pin) { watches$[pin] = callback; };
var drive$ = function (pin, level) {
  if (levels$[pin] === level) return;
  levels$[pin] = level;
  if (watches$[pin]) watches$[pin]({ state: !!level });
};
var next$ = function () {
  var due = script$.shift();
  drive$(due[1], due[2]);
  while (script$.length && script$[0][0] <= due[0]) { due = script$.shift(); drive$(due[1], due[2]); }
  if (script$.length) setTimeout(next$, Math.max(0, script$[0][0] - (getTime() - start$) * 1000));
};
start$ = getTime();
while (script$.length && script$[0][0] <= 0) { var due$ = script$.shift(); drive$(due$[1], due$[2]); }
if (script$.length) setTimeout(next$, script$[0][0]);
setTimeout(function () { out$(${JSON.stringify(END)}); }, ${scenario.duration});
`;
}
