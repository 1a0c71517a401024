/**
 * Runs a device build on the real Espruino. Its Linux build has no pins: a prelude in its own language stands in for
 * the pin functions, records outputs and drives inputs at their time.
 *
 *   own clock       engine and timers are real; events come about when they should
 *   virtual clock   the engine is real; timers are the prelude's, so that a busy computer changes nothing
 */
import type { BoardSpec } from "../../hal/index.js";
import { RUNS_PER_TICK, stimuliOf, type Scenario } from "../../targets/sim/index.js";
import type { Trace } from "../report/trace.js";
import type { Bundle } from "../build/bundle.js";
import { placesIn } from "../build/places.js";
import { runEspruino } from "./espruino.js";
import { traceFromEvents } from "./events.js";

const END = "@end";

/** Time for the engine to start and stop, on a loaded machine. */
const GRACE = 10_000;

/** How long virtual time may take; the engine is slow. */
const VIRTUAL_LIMIT_MS = 60_000;

export type Clock = "own" | "virtual";

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
  clock: Clock = "own",
): Promise<EspruinoTrace> {
  const [before, after] = clock === "own" ? ownClock(scenario.duration) : virtualClock(scenario.duration);
  const source = pins(board, scenario, expected) + before + code + after;
  const limit = GRACE + (clock === "own" ? scenario.duration : VIRTUAL_LIMIT_MS);
  const { lines, uncaught } = await runToEnd(binary, source, limit);
  return { trace: traceFromEvents(lines, board, scenario, expected), uncaught };
}

/** What a program printed, and errors that nobody caught. */
export interface EspruinoLines {
  readonly lines: readonly string[];
  readonly uncaught: readonly string[];
  /** What stood before its code. */
  readonly before: string;
}

/**
 * Runs `bundle` in virtual time, from storage: of code that is stored the engine knows the lines. Errors of its own have the
 * author's.
 */
export async function linesOnEspruino(
  binary: string,
  bundle: Bundle,
  board: BoardSpec,
  scenario: Scenario,
  expected: Trace,
): Promise<EspruinoLines> {
  const [clock, after] = virtualClock(scenario.duration);
  const before = pins(board, scenario, expected) + clock;
  const text = JSON.stringify(before + bundle.code + after);
  const source = `require("Storage").write(".bootcde", ${text}); eval(require("Storage").read(".bootcde"));`;
  const placeOf = placesIn(bundle, before);
  const { lines, uncaught } = await runToEnd(binary, source, GRACE + VIRTUAL_LIMIT_MS, placeOf);
  return { lines, uncaught, before };
}

/** Runs `source` until it has printed {@link END}. */
async function runToEnd(
  binary: string,
  source: string,
  timeoutMs: number,
  placeOf?: (call: string) => string | undefined,
): Promise<Pick<EspruinoLines, "lines" | "uncaught">> {
  const { lines, uncaught, ended, code } = await runEspruino(binary, source, {
    until: END,
    timeoutMs,
    placeOf,
  });
  if (ended !== "marker") {
    const early = code === null ? "was killed" : `ended early, with exit code ${code}`;
    const how = ended === "timeout" ? `did not come to the end within ${timeoutMs} ms` : early;
    throw new Error([`Espruino ${how}`, ...uncaught].join("; "));
  }
  return { lines, uncaught };
}

/** What stands in for the pins: plain ES5, each definition before its use. `stimulate$` does what is due. */
function pins(board: BoardSpec, scenario: Scenario, expected: Trace): string {
  const script = stimuliOf(scenario).flatMap(({ at, pin, value, isAnalog }) => {
    const line = board.pins[pin]?.line;
    return line === undefined ? [] : [`[${at},${JSON.stringify(line)},${isAnalog ? value / 4095 : value}]`];
  });
  // An output is driven to its first level when it is opened: that is no event.
  const levels = (names: readonly string[]): string =>
    names
      .map((pin) => `${JSON.stringify(board.pins[pin]?.line ?? pin)}:${expected.initial[pin] ?? 0}`)
      .join(",");
  return `
var out$ = console.log, start$, levels$ = {${levels(expected.inputs)}}, outputs$ = {${levels(expected.outputs)}}, watches$ = {}, script$ = [${script.join(",")}];
var now$ = function () { return Math.round((getTime() - start$) * 1000); };
var console = {
  log: function (text) { ("" + text).split("\\n").forEach(function (line) { out$("line " + now$() + " " + line); }); }
};
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
var stimulate$ = function (now) {
  var due;
  while (script$.length && script$[0][0] <= now) { due = script$.shift(); drive$(due[1], due[2]); }
};
`;
}

/** What comes before and after the program. */
type Frame = [before: string, after: string];

function ownClock(duration: number): Frame {
  const before = `
var next$ = function () {
  stimulate$(script$[0][0]);
  if (script$.length) setTimeout(next$, Math.max(0, script$[0][0] - (getTime() - start$) * 1000));
};
start$ = getTime();
stimulate$(0);
if (script$.length) setTimeout(next$, script$[0][0]);
setTimeout(function () { out$(${JSON.stringify(END)}); }, ${duration});
`;
  return [before, ""];
}

/**
 * Timers fire in the order of their time, those of one time in the order in which they were set; then the executor's
 * runs. The only callback that is set for at once is the executor's: others wait a millisecond. After each the jobs of
 * promises run: `core/promises` starts them by a promise of the engine, which comes too late here.
 */
function virtualClock(duration: number): Frame {
  const before = `
var elapsed$ = start$ = 0, timers$ = [], ids$ = 0, jobs$ = [], run$;
var getTime = function () { return elapsed$ / 1000; };
Date.now = function () { return elapsed$; };
var Promise = { prototype: {}, resolve: function () { return { then: function (job) { jobs$.push(job); } }; } };
var set$ = function (callback, delay, args, every) {
  var isRun = delay === 0 && !every && (run$ === undefined || run$ === callback);
  if (isRun) run$ = callback;
  else if (!(delay >= 1)) delay = 1;
  var timer = { id: ++ids$, at: elapsed$ + delay, isRun: isRun, every: every && delay, call: function () { callback.apply(undefined, args); } };
  timers$.push(timer);
  return timer.id;
};
var setTimeout = function (callback, delay) { return set$(callback, delay, [].slice.call(arguments, 2), false); };
var setInterval = function (callback, delay) { return set$(callback, delay, [].slice.call(arguments, 2), true); };
var clearTimeout = function (id) {
  var i = timers$.findIndex(function (timer) { return timer.id === id; });
  if (i >= 0) timers$.splice(i, 1);
};
var clearInterval = clearTimeout;
var first$ = function () {
  var first = 0;
  for (var i = 1; i < timers$.length; i++) if (timers$[i].at < timers$[first].at) first = i;
  return first;
};
var drain$ = function () { while (jobs$.length) jobs$.shift()(); };
var settle$ = function () {
  var runs = 0, timer;
  stimulate$(elapsed$);
  while (timers$.length) {
    timer = timers$[first$()];
    if (timer.at > elapsed$) return;
    if (timer.isRun && runs++ === ${RUNS_PER_TICK}) { runs = 0; elapsed$++; stimulate$(elapsed$); }
    else {
      timers$.splice(timers$.indexOf(timer), 1);
      if (timer.every) { timer.at += timer.every; timers$.push(timer); }
      timer.call();
      drain$();
    }
  }
};
var next$ = function () {
  var at = script$.length ? script$[0][0] : Infinity;
  return timers$.length ? Math.min(at, timers$[first$()].at) : at;
};
`;
  const after = `
drain$();
settle$();
while (next$() <= ${duration}) { elapsed$ = Math.max(elapsed$, next$()); settle$(); }
out$(${JSON.stringify(END)});
`;
  return [before, after];
}
