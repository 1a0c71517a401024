/** Runs a device build on the real XS engine, in virtual time: its worker has no timers, so the clock is ours. */
import type { BoardSpec } from "../../hal/index.js";
import { stimuliOf, type Scenario } from "../../targets/sim/index.js";
import type { Trace } from "../report/trace.js";
import { traceFromEvents } from "./events.js";
import { XsEngine } from "./xs.js";

/** What only a program with promises has. */
const PROMISES = /\b(async|await|Promise|queueMicrotask)\b/;

/** Virtual time passes in a moment: what takes so long does not end. */
const LIMIT_MS = 20_000;

/** Runs `code`, built by `buildXs` for `board`. `expected` says which pins and initial levels there are. */
export async function runXs(
  binary: string,
  code: string,
  board: BoardSpec,
  scenario: Scenario,
  expected: Trace,
): Promise<Trace> {
  return traceFromEvents(await linesOnXs(binary, code, board, scenario), board, scenario, expected);
}

/** As {@link runXs}: the lines by which it reports what happened (events.ts). */
export async function linesOnXs(
  binary: string,
  code: string,
  board: BoardSpec,
  scenario: Scenario,
): Promise<string[]> {
  const xs = new XsEngine(binary, { timeoutMs: LIMIT_MS });
  try {
    const script = stimuliOf(scenario).flatMap(({ at, pin, value }) => {
      const spec = board.pins[pin];
      return spec === undefined ? [] : [{ at, line: spec.line, value }];
    });
    await xs.evaluate(code);
    await xs.evaluate(`virtual.script(${JSON.stringify(script)}); start()`);
    const end = JSON.stringify(scenario.duration);
    // The worker runs the jobs of promises after each script.
    if (PROMISES.test(code)) while ((await xs.evaluate(`virtual.turn(${end})`)).text === "true");
    const { text } = await xs.evaluate(`virtual.advance(${end})`);
    return text.split("\n");
  } finally {
    await xs.close();
  }
}
