/**
 * Who awaits a function of a task, by the program alone: boards keep no record of it.
 *
 *   read (sensor.ts:8)  <-  sample :14  <-  average :8 of task "chain"     one way up: told
 *                                       <-  wrapped :40 of task "causer"   of another task: not this one's
 *                                       <-  average :8 or :9               both lines are told
 *                                       <-  two functions of the task      both are told, and the way ends there
 */
import { basename } from "node:path";
import type { FunctionReport } from "../../compiler/index.js";

/** The lines `awaited by ...` above `thrower`, up to the task called `task`. */
export function awaitersOf(
  functions: readonly FunctionReport[],
  thrower: FunctionReport | undefined,
  task: string,
): string[] {
  const lines: string[] = [];
  const starts = startsOf(functions, task);
  const inside = reachedFrom(functions, starts);
  const seen = new Set<FunctionReport>();
  for (let fn = thrower; fn !== undefined && !starts.includes(fn) && !seen.has(fn);) {
    seen.add(fn);
    const callers = callersOf(inside, fn);
    if (callers.length > 0) lines.push(`awaited by ${callers.map(callerText).join(" or ")}`);
    fn = callers.length === 1 ? callers[0]?.fn : undefined;
  }
  return [...lines, `awaited by task "${task}"`];
}

/** What is said of `fn` where it awaits `callee`; undefined where it does not. */
export function awaiterText(fn: FunctionReport, callee: FunctionReport): string | undefined {
  const at = linesIn(fn, callee);
  return at.length === 0 ? undefined : callerText({ fn, at });
}

interface Caller {
  readonly fn: FunctionReport;
  readonly at: readonly number[];
}

/** What tasks of that name may begin with. A kind may have a name of its own. */
function startsOf(functions: readonly FunctionReport[], task: string): FunctionReport[] {
  const all = functions.filter((fn) => fn.isTask);
  const named = all.filter((fn) => fn.name === task);
  return named.length > 0 ? named : all;
}

function reachedFrom(
  functions: readonly FunctionReport[],
  starts: readonly FunctionReport[],
): FunctionReport[] {
  const found = new Set(starts);
  for (const fn of found) for (const each of functions) if (linesIn(fn, each).length > 0) found.add(each);
  return [...found];
}

function callersOf(functions: readonly FunctionReport[], callee: FunctionReport): Caller[] {
  return functions.map((fn) => ({ fn, at: linesIn(fn, callee) })).filter(({ at }) => at.length > 0);
}

/** Where `fn` awaits `callee`. */
function linesIn(fn: FunctionReport, callee: FunctionReport): number[] {
  const { file, from } = callee;
  const isIt = (each: FunctionReport["awaits"][number]): boolean =>
    each.file === file && each.from.line === from.line && each.from.column === from.column;
  return fn.awaits.filter(isIt).map(({ line }) => line);
}

function callerText({ fn, at }: Caller): string {
  return `${fn.name} (${basename(fn.file)}:${at.join(" or ")})`;
}
