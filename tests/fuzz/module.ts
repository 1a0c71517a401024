/** Many programs as the tasks of one module, and what they wrote, program by program. */
import { render, type FuzzProgram } from "./tree.js";

/** Cancels of one run: which program at which odd millisecond; programs sleep for even ones. */
export type CancelPlan = readonly (readonly [program: number, at: number])[];

/** Lines after which a program is stopped by an error, the same in every engine. */
const FUEL = 300;

/** What the last line of a run that came to its end says. */
export const FINISHED = "finished";

const HEAD = `// @ts-nocheck
import {
  Channel, TIMED_OUT, after, all, any, cancel, deadline, fairSelect, ms, now, race, recursive, select, sleep, sleepUntil, spawn, task, timeout,
  yieldNow, type Future, type Instant,
} from "dormouse";
let out, running = 0;
const lines = [], ids = [];
const top = (function () { return this; })();
function L(id, mark, value) {
  lines[id] = (lines[id] || 0) + 1;
  if (lines[id] > ${FUEL}) throw "fuel";
  out.write(id + " " + mark + " " + text(value));
  return value;
}
function text(value) {
  if (typeof value === "object" && value && value.message) return "error " + value.message;
  return typeof value === "function" ? "function" : String(value);
}
function end(id) {
  out.write(id + " end");
  if (--running === 0) out.write("${FINISHED}");
}
function self(a, b) { return this === undefined || this === top ? (a + (b ?? 0)) | 0 : 999; }
function add3(a, b, c) { return (a + b + c) | 0; }
class Box {
  constructor(v) { this.v = v | 0; }
  get(n) { return (this.v + n) | 0; }
}
class Held {
  constructor(id, mark, v) { this.id = id; this.mark = mark; this.v = v; }
  [Symbol.dispose]() { L(this.id, this.mark, "disposed"); if ((this.v & 7) === 3) throw "disposal " + this.v; }
}
class SlowlyHeld {
  constructor(id, mark, v) { this.id = id; this.mark = mark; this.v = v; }
  async [Symbol.asyncDispose]() {
    await yieldNow();
    L(this.id, this.mark, "disposed slowly");
    await sleep(ms(2));
    if ((this.v & 7) === 3) throw "disposal " + this.v;
  }
}
function tag(strings, ...values) { return values.reduce((sum, each) => (sum + each) | 0, strings.length); }
enum Mode { Low, High = 6 }
namespace Space {
  export async function far(x: number, y = 1): Promise<number> { await yieldNow(); return (x ^ y) | 0; }
}
function arms(values) { return Object.keys(values).map((key) => key + ":" + show(values[key])).join(); }
function show(result) {
  if (result === TIMED_OUT) return "timed out";
  if (typeof result === "object" && result) return "arm" in result ? result.arm + "=" + show(result.value) : "v" in result ? "box" + result.v : arms(result);
  return text(result);
}
`;

/** The text of the module. Its default export starts everything. */
export function moduleText(programs: readonly FuzzProgram[], plan: CancelPlan = []): string {
  const tasks = programs.map((_, i) => taskText(i, i % 3 === 0));
  const spawns = programs.map((_, i) => `ids[${i}] = spawn(p${i});`);
  const last = Math.max(0, ...plan.map(([, at]) => at));
  return [
    HEAD,
    ...programs.map(render),
    ...tasks,
    `const plan = ${JSON.stringify(plan)};`,
    `const canceller = task(async function canceller() {
  for (let at = 1; at <= ${last}; at += 2) {
    await sleep(ms(at === 1 ? 1 : 2));
    for (const each of plan) if (each[1] === at) cancel(ids[each[0]]);
  }
});`,
    `export default function main(board) {
  out = board.console;
  running = ${programs.length};
  ${spawns.join(" ")}
  ${plan.length > 0 ? "spawn(canceller);" : ""}
}`,
  ].join("\n");
}

/** A task around program `i`; `isBare` lets what the program throws end the task. */
function taskText(i: number, isBare: boolean): string {
  const run = `L(${i}, "result", await main${i}());`;
  const guarded = isBare ? run : `try { ${run} } catch (error) { L(${i}, "caught", error); }`;
  return `const p${i} = task(async function p${i}() { try { ${guarded} } finally { end(${i}); } });`;
}

/** The lines of each program. */
export function logsOf(lines: readonly string[], count: number): string[] {
  const logs: string[][] = Array.from({ length: count }, () => []);
  for (const line of lines) {
    const match = /^(\d+) (.*)$/.exec(line);
    if (match !== null) logs[Number(match[1])]?.push(match[2]!);
  }
  return logs.map((each) => each.join("\n"));
}
