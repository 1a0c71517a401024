/** The tables of a run. */
import type { FunctionReport } from "../../compiler/index.js";
import type { TaskRow } from "../engines/run-sim.js";
import { formatTable } from "./table.js";

const LONGEST = 60;

/** What each task did, and what it waits for. */
export function taskTable(tasks: readonly TaskRow[]): string {
  const columns = ["task", "state", "polls", "wakes", "longest poll", "waits for"];
  const rows = tasks.map((task) => [
    task.name,
    task.state,
    task.polls,
    task.wakes,
    `${task.longestPoll.toFixed(0)} us`,
    shortened(task.waitsFor),
  ]);
  return formatTable(columns, rows, { indent: 2 });
}

/** Keeps a line number at the end. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const line = /:\d+$/.exec(text)?.[0] ?? "";
  return `${text.slice(0, LONGEST - line.length - 4)}... ${line}`;
}

export interface SizeRow {
  readonly target: string;
  readonly runtime: number;
  readonly tasks: number;
  readonly total: number;
}

/** Bytes of the minified builds. */
export function sizeTable(rows: readonly SizeRow[]): string {
  const columns = ["bytes, minified", "runtime", "tasks", "total"];
  return formatTable(
    columns,
    rows.map((row) => [row.target, row.runtime, row.tasks, row.total]),
    { indent: 2 },
  );
}

/** Bytes of a word on V8, and of a variable: a slot of a 32-bit XS, one of a board with up to 8191. */
const WORD = { v8: 8, xs: 16, espruino: 13 };

/** Bytes of the frame of `fn`, by engine. */
export function frameBytes(fn: FunctionReport): { v8: number; xs: number; espruino: number } {
  return {
    v8: fn.hostWords * WORD.v8,
    xs: fn.boardWords * WORD.xs,
    espruino: fn.boardWords * WORD.espruino,
  };
}

/** Frames: what each task keeps while it waits, and whether it may move between threads meanwhile. */
export function frameTable(functions: readonly FunctionReport[]): string {
  const columns = ["frame", "pool", "threads", "states", "V8 B", "variables", "XS B", "Espruino B", "kept"];
  const rows = functions.map((fn) => {
    const { v8, xs, espruino } = frameBytes(fn);
    return [
      titleOf(fn),
      fn.isTask ? fn.pool : "",
      fn.pinnedBy.length === 0 ? "shared" : "pinned",
      fn.states,
      v8,
      fn.boardWords,
      xs,
      espruino,
      shortened(fn.kept.map(({ name }) => name).join(" ")),
    ];
  });
  return formatTable(columns, rows, { indent: 2 });
}

function titleOf(fn: FunctionReport): string {
  return fn.isTask ? fn.name : `  ${fn.name}`;
}

/** Bytes of code of each function in each build, all instances together. */
export function codeTable(
  functions: readonly FunctionReport[],
  builds: readonly { readonly target: string; readonly bytes: readonly number[] }[],
): string {
  const rows = functions.map((fn, i) => [titleOf(fn), ...builds.map(({ bytes }) => bytes[i])]);
  return formatTable(["code, minified B", ...builds.map(({ target }) => target)], rows, { indent: 2 });
}

/** The longest way of awaits from a task down, by name. */
export function deepestOf(functions: readonly FunctionReport[]): readonly string[] {
  const chains = functions.filter((fn) => fn.isTask).map((fn) => fn.chain);
  return chains.reduce((longest, each) => (each.length > longest.length ? each : longest), []);
}

/** As {@link deepestOf}, for people; nothing where no task awaits a function. */
export function chainLine(functions: readonly FunctionReport[]): string {
  const deepest = deepestOf(functions);
  return deepest.length < 2 ? "" : `  deepest chain of awaits: ${deepest.join(" > ")}`;
}
