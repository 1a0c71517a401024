/**
 * The arena back end, for V8: each function is one `switch` over an object frame that is made once.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   state            | case k:
 *   goto state       | $f.pc_ = k; continue;        nothing where the case follows
 *   leaf             | $f.pc_ = k; start; if ($t.state_ < 2) return 0;
 *   yieldNow()       | $f.pc_ = k; return 2;
 *   a loop's pause   | $f.pc_ = k; return $pause($t);
 *   call             | $f.pc_ = k; $t.frame_ = g$enter($f.$c0, ...); return 1;      common frames: g$enter($f.$c0, $f, ...)
 *   resume           | $f.pc_ = k; $t.frame_ = $f.$c0; return 1;
 *   ask              | $f.pc_ = k; $t.frame_ = $resumed(object, $f, $t); return 1;
 *   yield            | $f.pc_ = k; $t.value_ = v; $t.frame_ = $f.up_; return 1;
 *   race             | $f.pc_ = k; start; if (!$f.$g0.begin_()) return 0;  and at k: if (!settle_()) return 0;
 *   return           | $t.value_ = v; $t.frame_ = $f.up_; return 1;
 *   unwind           | return $unwind($t, how, v);
 *   handler          | $f.handler_ = k;             0: the caller's
 *
 * A poll answers 0, suspended, 1, go on with $t.frame_, or 2, ready again.
 */
import { basename } from "node:path";
import { layoutOf, type Layout } from "../frames/layout.js";
import { livenessOf } from "../frames/liveness.js";
import { resolved } from "../graph/marks.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { usesArguments } from "../syntax.js";
import { listed, literal, spaced } from "./text.js";
import {
  restOf,
  resultText,
  armsOf,
  isMate,
  type Callee,
  type Graph,
  type Slot,
  type Storage,
} from "../graph/ir.js";
import { freeArmLines, freeCalleeText, groupText, ownerText, raceLines } from "./race-storage.js";
import { writePoll, type PollForm } from "./poll-writer.js";

/** Frames as objects: `$f` is the frame, `$t` the strand. */
function storageOf(graph: Graph, layout: Layout): Storage {
  return {
    slot: (slot) => {
      const word = layout.wordOf(slot);
      return word === undefined ? slot.name : `$f.${word.name}`;
    },
    race: (slot) => `$f.$g${slot}`,
    arm: (free) => `$f.$s${free}`,
    nested: (race) => `$enterNested($f.$n${race})`,
    future: (slot) => `$f.$o_${slot.name}`,
    begin: (callee) => `${part(graph.callees[callee]!, "enter")}($f.$c${callee}`,
    make: (made) => `$generator(${generatorParts(graph.made[made]!)}, `,
    returnText: (value) => `{ $t.value_ = ${resultText(graph, value)}; $t.frame_ = $f.up_; return 1; }`,
  };
}

/** Where the slots of `graph` live: what no suspension must keep is a local of the poll. */
export function arenaLayout(graph: Graph): Layout {
  const known = layouts.get(graph);
  if (known !== undefined) return known;
  const layout = layoutOf(graph, livenessOf(graph), { entries: "polls", mayShare: areTemporaries });
  layouts.set(graph, layout);
  return layout;
}

const layouts = new WeakMap<Graph, Layout>();

/** V8 keeps track of the types that a field has: the author's variables each have their own. */
function areTemporaries(a: Slot, b: Slot): boolean {
  return a.name.startsWith("$") && b.name.startsWith("$");
}

/** The functions that stand for the function of `graph`: `NAME$told`, `NAME$Frame`, `NAME$frame`, `NAME$enter`, `NAME$poll`. */
export function emitArena(graph: Graph): string {
  const layout = arenaLayout(graph);
  const poll = resolved(writePoll(graph, layout, formOf(graph)), storageOf(graph, layout), graph.slots);
  return [toldText(graph), frameText(graph, layout), enterText(graph, layout), poll].join("\n");
}

/** What the function is, and what it waits for at each state: for people, when they ask or something is thrown. */
export function toldText(graph: Graph): string {
  const { id, name, file } = graph.fn;
  const waits = graph.states.map((state) => literal(state.waitsFor));
  const fields = `name_: ${literal(name)}, file_: ${literal(basename(file.fileName))}, waits_:`;
  return listed(`function ${id}$told() { return { ${fields} [`, waits, "] }; }");
}

/** Fields of what stands in the place of the function itself; without the code where there is none of this form. */
export function arenaFields(graph: Graph, hasCode = true): string[] {
  const { id, name, isCommon } = graph.fn;
  const args = [...(isCommon ? ["null"] : []), ...spawnedWith(graph)];
  const enter = `($f, $a) => ${id}$enter(${["$f", ...args].join(", ")})`;
  const frame = outermost(graph.fn, `${id}$frame`);
  const own = graph.fn.hasCommon ? [`own_: ${id}$frame`] : [];
  const code = hasCode ? [`frame_: ${frame}`, ...own, `enterWith_: ${id}$enter`, `enter_: ${enter}`] : [];
  return [`name: ${literal(name)}`, ...code, `waits_: ${id}$told().waits_`];
}

/** The arguments of a task, out of the list that `spawn` got. */
export function spawnedWith(graph: Graph): string[] {
  const rest = restOf(graph);
  const list = usesArguments(graph.fn.node) ? ["$a"] : [];
  const own = graph.params.slice(list.length);
  const at = rest - list.length;
  return [...list, ...own.map((_, i) => (i === at ? `$a.slice(${i})` : `$a[${i}]`))];
}

/** All fields, in one order; the code is on the prototype, where V8 knows it by the shape of the frame. */
function shapeText(graph: Graph, layout: Layout): string {
  const values: [string, string][] = layout.words.map(({ name }) => [name, "undefined"]);
  for (const slot of graph.futures) values.push([`$o_${slot.name}`, "$makeOp($t)"]);
  for (const callee of graph.callees) values.push([`$c${callee.slot}`, "null"]);
  for (const race of graph.races)
    values.push([`$g${race.slot}`, race.owner === null ? groupText(race, "$f.") : "null"]);
  graph.freeArms.forEach((_, i) => values.push([`$s${i}`, "null"]));
  for (const { race } of graph.nested) values.push([`$n${race}`, "null"]);
  if (graph.fn.depth > 0) values.push(["levels_", "null"], ["deeper_", "null"]);
  const stores = values.map(([name, value]) => `this.${name} = ${value};`);
  const all = ["this.up_ = $up;", "this.pc_ = this.handler_ = 0;", ...stores];
  return spaced(`function ${graph.fn.id}$Frame($t, $up) {`, all, "}");
}

function frameText(graph: Graph, layout: Layout): string {
  const { id } = graph.fn;
  const isRecursive = graph.fn.depth > 0;
  const lines = [
    shapeText(graph, layout),
    `function ${id}$${isRecursive ? "level" : "frame"}($t, $up) {`,
    `  const $f = new ($coded(${id}$Frame, ${id}$poll, ${id}$told))($t, $up);`,
  ];
  lines.push(...freeArmLines(graph, "$f.", "$f."));
  for (const callee of graph.callees) {
    // A module that is only looked at for its types is not there.
    const isThere = callee.imported !== null && callee.fn.number > 0 ? `if (${callee.imported}) ` : "";
    lines.push(...calleeLines(graph, callee).map((line) => isThere + line));
  }
  if (isRecursive) lines.unshift(levelsText(graph));
  return [...lines, "  return $f;", "}"].join("\n");
}

/** A function that may await itself has a frame for each level. */
function levelsText({ fn: { id, name, depth } }: Graph): string {
  return `function ${id}$frame($t) { return $levels(${literal(name)}, ${depth}, () => ${id}$level($t, null)); }`;
}

/** A plain callee shares the strand; that of an arm gets a strand of its own. */
function calleeLines(graph: Graph, callee: Callee): string[] {
  const { fn, slot } = callee;
  const make = part(callee, "frame");
  if (callee.free !== null) return [`  $f.$c${slot} = ${freeCalleeText(callee, make, "$f.")};`];
  const [first, ...others] = armsOf(graph, callee);
  if (first === undefined && isMate(graph, fn)) return [`  $f.$c${slot} = $mate($t, ${make});`];
  if (first === undefined)
    return [`  $f.$c${slot} = ${fn.isCommon ? `$common($t, ${make})` : `${make}($t, $f)`};`];
  const arm = `$f.$g${first.race.slot}, ${first.arm}`;
  return [
    `  $f.$c${slot} = $makeArm(${ownerText(callee, "$f.")}, ${arm}, ${outermost(fn, make)});`,
    ...others.map((other) => `  $f.$g${other.race.slot}.share_(${other.arm}, ${arm});`),
  ];
}

/** What makes the outermost frame of a strand, where `make` makes one of `fn`. */
function outermost(fn: AsyncFunction, make: string): string {
  return fn.hasCommon ? `($t) => $family($t, ${make})` : make;
}

/** What other files use where `field` makes the outermost frame of a strand. */
export function madeBy(fn: AsyncFunction, field: string): string {
  return fn.hasCommon ? "own_" : field;
}

/** How the caller's file says `NAME$frame` or `NAME$enter` of a callee. */
function part(callee: Callee, name: "frame" | "enter"): string {
  if (callee.imported === null) return `${callee.fn.id}$${name}`;
  return `${callee.imported}.${name === "frame" ? madeBy(callee.fn, "frame_") : "enterWith_"}`;
}

/** What makes the frames of an object's generator, and what puts arguments into one. */
function generatorParts(callee: Callee): string {
  const { fn, imported } = callee;
  const make = imported === null ? outermost(fn, `${fn.id}$frame`) : `${imported}.frame_`;
  return `${make}, ${part(callee, "enter")}`;
}

/** Puts `args` into the frame of `callee`, which `up` awaits. */
function enterCall(graph: Graph, callee: Callee, up: string, args: readonly string[]): string {
  const own = `$f.$c${callee.slot}`;
  const all = [
    isMate(graph, callee.fn) ? `$deeper($f, ${own}.made_)` : own,
    ...(callee.fn.isCommon ? [up] : []),
    ...args,
  ];
  return `${part(callee, "enter")}(${all.join(", ")})`;
}

function enterText(graph: Graph, layout: Layout): string {
  const { id, isCommon } = graph.fn;
  const names = graph.params.map((_, i) => `$${i}`);
  const stores = graph.params.map((slot, i) => {
    const word = layout.givenWordOf(slot);
    return word === undefined ? "" : ` $f.${word.name} = $${i};`;
  });
  const up = isCommon ? " $f.up_ = $up;" : "";
  const params = ["$f", ...(isCommon ? ["$up"] : []), ...names];
  return `function ${id}$enter(${params.join(", ")}) {${up}${stores.join("")} $f.pc_ = $f.handler_ = 0; return $f; }`;
}

function formOf(graph: Graph): PollForm {
  return {
    head: `${graph.fn.id}$poll($f, $t)`,
    setup: [],
    pc: "$f.pc_",
    handler: "$f.handler_",
    leave: "$t.frame_ = $f.up_;",
    enter: (callee, args) => [`$t.frame_ = ${enterCall(graph, callee, "$f", args)};`, "return 1;"],
    resume: (callee) => `$t.frame_ = $f.$c${callee.slot};`,
    unwind: (how, value) => `$unwind($t, ${how}, ${value})`,
    fill: (start) => raceLines(start, "$f.", (callee, args) => enterCall(graph, callee, "null", args)),
    begin: (race) => `$f.$g${race}.begin_()`,
    settle: (race) => `$f.$g${race}.settle_()`,
  };
}
