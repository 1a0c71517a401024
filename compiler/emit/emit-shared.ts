/**
 * The shared back end, for tasks that may move between threads: as the arena's, but over a frame in shared memory
 * (core/shared/region.ts), at word `$b` of region `$r`; `$I` and `$D` are its columns.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   goto state       | $I[$b + 2] = k; continue;
 *   leaf             | $I[$b + 2] = k; start; return 0;
 *   call             | $I[$b + 2] = k; g$sharedEnter($r, $b + 12, $b, ...); return g$sharedPoll($r, $b + 12, $t);
 *   return           | $t.value_ = v; $I[$r.base_] = $I[$b + 1]; return 1;
 *   unwind           | return $unwindShared($r, $t, how, v);
 *   handler          | $I[$b + 3] = k;             0: the caller's
 *
 *   frame    code | caller | resume | handler | words and flags | whether it keeps something | doubles | callees
 *
 * A slot that no poll must keep is a variable of the poll, and may hold anything.
 */
import type ts from "typescript";
import { spawnedWith } from "./emit-arena.js";
import { withPlaces, type Place } from "./column-access.js";
import { columnOf, type Column } from "../frames/columns.js";
import { resultText, type Callee, type Graph, type Slot } from "../graph/ir.js";
import { layoutOf, type Layout, type Word } from "../frames/layout.js";
import { livenessOf } from "../frames/liveness.js";
import { writePoll, type PollForm } from "./poll-writer.js";
import type { Program } from "../program/program.js";
import { hasComputedDefault } from "../frames/send.js";
import { parametersOf } from "../syntax.js";
import { literal } from "./text.js";

/** Words of a task before its first frame, and of a frame before its locals; core/shared/region.ts has the same. */
const TASK_WORDS = 6;
const FRAME_WORDS = 4;

/** Where a word of a frame lies: words from its start, and for what a `finally` keeps the word that tells of it. */
interface Seat {
  readonly column: Column;
  readonly at: number;
  readonly tag: number;
}

/** The frame of one function. */
export interface SharedFrame {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly seats: ReadonlyMap<Word, Seat>;
  /** Number of its code in the whole program. */
  readonly code: number;
  /** Words of it, without callees; and with them. */
  readonly ownWords: number;
  readonly words: number;
}

/** The frames of `graphs`, which are all shared, by their function. */
export function sharedFrames(program: Program, graphs: readonly Graph[]): Map<Graph["fn"], SharedFrame> {
  const frames = new Map<Graph["fn"], SharedFrame>();
  const byFunction = new Map(graphs.map((graph) => [graph.fn, graph]));
  const add = (graph: Graph): SharedFrame => {
    const known = frames.get(graph.fn);
    if (known !== undefined) return known;
    const callees = graph.callees.map((callee) => add(byFunction.get(callee.fn)!).words);
    const frame = frameOf(program, graph, frames.size, Math.max(0, ...callees));
    frames.set(graph.fn, frame);
    return frame;
  };
  graphs.forEach(add);
  return frames;
}

function frameOf(program: Program, graph: Graph, code: number, calleeWords: number): SharedFrame {
  const computed = new Set(
    parametersOf(graph.fn.node)
      .filter(hasComputedDefault)
      .map((each) => each.name),
  );
  const column = (slot: Slot): Column => {
    const [given] = slot.given;
    const isHeld = slot.isBoxed || computed.has(given as ts.BindingName);
    return (isHeld ? undefined : columnOf(program, given!)) ?? "held";
  };
  const layout = layoutOf(graph, livenessOf(graph), {
    entries: "polls",
    mayShare: (a, b) => column(a) === column(b),
  });
  const seats = new Map<Word, Seat>();
  let next = FRAME_WORDS;
  const columns = new Map(layout.words.map((word) => [word, column(word.slots[0]!)]));
  const tags = new Map<Word, number>();
  for (const [word, kind] of columns) {
    if (kind === "kept") tags.set(word, next++);
    else if (kind !== "double") seats.set(word, { column: kind, at: next++, tag: -1 });
  }
  next += next & 1;
  for (const [word, kind] of columns) {
    if (kind !== "kept" && kind !== "double") continue;
    seats.set(word, { column: kind, at: next, tag: tags.get(word) ?? -1 });
    next += 2;
  }
  return { graph, layout, seats, code, ownWords: next, words: next + calleeWords };
}

/** The functions that stand for the function of `frame`, and their number: `NAME$sharedEnter`, `NAME$sharedPoll`. */
export function emitShared(frame: SharedFrame): string {
  const { graph } = frame;
  const { id } = graph.fn;
  const poll = writePoll(graph, frame.layout, formOf(frame));
  const code = withPlaces(
    poll.replace(RETURN, (_, value: string) => returnText(graph, value)),
    (slot) => placeOf(frame, graph.slots[slot]!),
  );
  const keeps = keepsOf(frame);
  const lines = [enterText(frame), withColumns(code), `$polls[${frame.code}] = ${id}$sharedPoll;`];
  if (Object.keys(keeps).length > 0) lines.push(`$keeps[${frame.code}] = ${literal(keeps)};`);
  return lines.join("\n");
}

/** What `task()` and other modules use of it. */
export function sharedValue({ graph, words }: SharedFrame): string {
  const { id } = graph.fn;
  const all = TASK_WORDS + words;
  const args = ["$f", `$f.base_ + ${TASK_WORDS}`, "0", ...spawnedWith(graph)].join(", ");
  const enter = `($f, $a) => ${id}$sharedEnter(${args})`;
  const fields = [`words_: ${all}`, `frame_: ($t) => $makeRegion($t, ${all})`, `enter_: ${enter}`];
  return `{ ${fields.join(", ")}, enterWith_: ${id}$sharedEnter }`;
}

/** `return value` in the middle of copied code. */
const RETURN = /\u0006([^\u0007]*)\u0007/g;

const LEAVE = "$I[$r.base_] = $I[$b + 1];";

function returnText(graph: Graph, value: string): string {
  return `{ $t.value_ = ${resultText(graph, value === "" ? null : value)}; ${LEAVE} return 1; }`;
}

function formOf({ graph, ownWords }: SharedFrame): PollForm {
  const unreachable = (): never => {
    throw new Error("races and generators have no shared frames");
  };
  return {
    head: `${graph.fn.id}$sharedPoll($r, $b, $t)`,
    setup: [COLUMNS],
    pc: "$I[$b + 2]",
    handler: "$I[$b + 3]",
    leave: LEAVE,
    enter: (callee, args) => {
      const place = `$b + ${ownWords}`;
      const entered = `${enterOf(callee)}(${["$r", place, "$b", ...args].join(", ")});`;
      // A poll of the callee at once spares its dispatch; it is resumed from outside.
      const isNear = callee.imported === null;
      return [entered, isNear ? `return ${callee.fn.id}$sharedPoll($r, ${place}, $t);` : "return 1;"];
    },
    unwind: (how, value) => `$unwindShared($r, $t, ${how}, ${value})`,
    resume: unreachable,
    fill: unreachable,
    begin: unreachable,
    settle: unreachable,
  };
}

function enterOf(callee: Callee): string {
  return callee.imported === null ? `${callee.fn.id}$sharedEnter` : `${callee.imported}.shared_.enterWith_`;
}

const COLUMNS = "const $I = $r.words_, $D = $r.doubles_, $d = $b >> 1;";

/** Leaves out the names of columns that `code` does not use. */
function withColumns(code: string): string {
  const used = ["$I = $r.words_", ...(code.includes("$D[") ? ["$D = $r.doubles_"] : [])];
  if (/\$d \+/.test(code)) used.push("$d = $b >> 1");
  return code.replace(COLUMNS, () => `const ${used.join(", ")};`);
}

function placeOf({ layout, seats }: SharedFrame, slot: Slot): Place {
  const word = layout.wordOf(slot);
  if (word === undefined) return { kind: "variable", text: slot.name };
  const seat = seats.get(word)!;
  if (seat.column === "kept") return { kind: "kept", text: `$r, $b + ${seat.tag}, $d + ${seat.at >> 1}` };
  return { kind: seat.column === "flag" ? "flag" : "number", text: seatText(seat) };
}

function seatText({ column, at }: Seat): string {
  if (column === "held") return `$r.kept_[$b + ${at} - $r.base_]`;
  return column === "double" ? `$D[$d + ${at >> 1}]` : `$I[$b + ${at}]`;
}

/** By state: where the words lie that tell what is kept there. */
function keepsOf({ graph, layout, seats }: SharedFrame): Record<number, number[]> {
  const liveness = livenessOf(graph);
  const keeps: Record<number, number[]> = {};
  for (const state of graph.states) {
    const live = graph.slots.filter((slot) => liveness.before(state).has(slot.id));
    const tags = live.map((slot) => seats.get(layout.wordOf(slot)!)?.tag ?? -1).filter((tag) => tag >= 0);
    if (tags.length > 0) keeps[state.id] = tags;
  }
  return keeps;
}

/** Stores the arguments; a default that is a number in place comes with them. */
function enterText(frame: SharedFrame): string {
  const { graph, layout, seats, code } = frame;
  const own = parametersOf(graph.fn.node);
  const hidden = graph.params.length - own.length;
  const params = graph.params.map((_, i) => {
    const initial = own[i - hidden]?.initializer;
    const isStored = initial === undefined || hasComputedDefault(own[i - hidden]!);
    return isStored ? `$${i}` : `$${i} = ${initial.getText()}`;
  });
  const stores = graph.params.flatMap((slot, i) => {
    const word = layout.wordOf(slot);
    return word === undefined ? [] : [`${seatText(seats.get(word)!)} = $${i};`];
  });
  const lines = [
    COLUMNS,
    `$I[$b] = ${code}; $I[$b + 1] = $up; $I[$b + 2] = $I[$b + 3] = 0;`,
    ...stores,
    "$I[$r.base_] = $b;",
  ];
  const head = `function ${graph.fn.id}$sharedEnter(${["$r", "$b", "$up", ...params].join(", ")})`;
  return withColumns(`${head} {\n  ${lines.join("\n  ")}\n}`);
}
