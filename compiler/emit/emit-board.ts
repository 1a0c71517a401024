/**
 * The board back end, for engines that read source or are slow at `switch`: one small function for each state, and
 * the frame as variables of a factory that is called once for each instance.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   state k          | function $k() { ... }
 *   goto state       | return $k;
 *   leaf             | $t.resume_ = $k; start; return $t.state_ > 1 ? $k : 1;  sleep(): return 1;
 *   yieldNow()       | $t.resume_ = $k; return;
 *   a loop's pause   | $t.resume_ = $k; return $pause();
 *   call             | return $c0($k, ...);         the callee returns to the state it is given
 *   resume           | return $c0($k);               after $c0(0, ...), which takes the arguments
 *   ask              | return $resumed(object, $k, $t);
 *   yield            | $s = $k; $t.value_ = v; return $r;
 *   race             | start; $t.resume_ = $k; return $g0.begin_() ? $k : 1;  in $k: if (!settle_()) return 1;
 *   return           | $t.value_ = v; return $r;
 *   unwind           | return $unwind(how, v);
 *   handler          | $t.handler_ = $k;            a call finds that of the caller, and keeps it in $h
 *
 * A state answers 1 when the strand waits, to go on in `$t.resume_`; a state to go on with at once; or nothing when it
 * stays ready. `$r` of a task that nobody calls is the end of all tasks, which the module imports.
 * A function that may await itself has its variables in a level of its own for each call, `$f`:
 *
 *   call             | return $c0.made_.at_($f, $back_k, ...);    $back_k: $f = $t.frame_, the level that it returns to
 *   return           | $t.frame_ = $f.up_; return $f.$r;
 *   handler          | $t.level_ = $f; ...           in $k: $f = $t.level_;
 *
 * `$t` is the first name of the factory, and functions stand before their use: both matter on Espruino.
 */
import { isAwaited, outermost, placeOf, returnsTo, statesText, storageOf } from "./board-states.js";
import { armsOf, isGenerator, isMate, restOf, type Callee, type Graph, type Race } from "../graph/ir.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { layoutOf, type Layout } from "../frames/layout.js";
import { livenessOf } from "../frames/liveness.js";
import { takesList, usesArguments } from "../syntax.js";
import { homeOf, isLate } from "./homes.js";
import { freeArmLines, freeCalleeText, groupText, ownerText } from "./race-storage.js";
import { literal } from "./text.js";

/** Where the slots of `graph` live: what no other state reads is a local of the state. */
export function boardLayout(graph: Graph): Layout {
  return layoutOf(graph, livenessOf(graph), { entries: "states", mayShare: () => true });
}

/** What stands in the place of the function itself. */
export function boardValue(graph: Graph): string {
  const { fn } = graph;
  const plain = outermost(fn, `${fn.id}$make`);
  const make = isSpreadTask(fn) ? withList(graph, plain) : plain;
  const whole = isBoth(fn) ? `$ending(${make})` : make;
  const own = hasOwn(fn) ? `, own_: ${fn.id}$make` : "";
  return `{ resume_: 0, name_: ${literal(fn.name)}, make_: ${whole}${own} }`;
}

/** Whether `fn` is a task, and awaited elsewhere too. */
function isBoth(fn: AsyncFunction): boolean {
  return fn.pool > 0 && fn.isCalled;
}

/** Whether who awaits `fn` asks for another factory than tasks do. */
function hasOwn(fn: AsyncFunction): boolean {
  return fn.hasCommon || isBoth(fn) || isSpreadTask(fn);
}

/** Whether `fn` is a task whose arguments, some of them at least, are one list to it. */
function isSpreadTask({ pool, node }: AsyncFunction): boolean {
  return pool > 0 && takesList(node);
}

/** `make` for a task that takes any number of arguments: they come one by one, and go on as a list. */
function withList(graph: Graph, make: string): string {
  const list = usesArguments(graph.fn.node) ? ["[].slice.call(arguments, 1)"] : [];
  const named = graph.params.length - list.length - (restOf(graph) < 0 ? 0 : 1);
  const names = ["$ret", ...graph.params.slice(0, named).map((_, i) => `$${i}`)];
  const rest = restOf(graph) < 0 ? [] : [`[].slice.call(arguments, ${names.length})`];
  const enter = `$enter(${["$ret", ...list, ...names.slice(1), ...rest].join(", ")})`;
  return `($t) => { const $enter = (${make})($t); return function (${names.join(", ")}) { return ${enter}; }; }`;
}

/** The factory of the function of `graph`, in a program that `cancels` something or not. */
export function emitBoard(graph: Graph, cancels: boolean): string {
  const layout = boardLayout(graph);
  const { states, first } = statesText(graph, layout, cancels);
  return graph.fn.depth > 0
    ? levelsFactory(graph, layout, states, first)
    : factory(graph, layout, states, first);
}

function factory(graph: Graph, layout: Layout, states: readonly string[], first: readonly string[]): string {
  const { id } = graph.fn;
  const storage = storageOf(graph, layout);
  const isCalled = isAwaited(graph.fn);
  const names = layout.words.map((word) => word.name);
  if (isCalled) names.push("$r");
  if (graph.hasHandlers && isCalled) names.push("$h");
  if (isGenerator(graph)) names.push("$s");
  const lines = [`function ${id}$make($t) {`];
  if (names.length > 0) lines.push(`  let ${names.join(", ")};`);
  for (const slot of graph.futures) lines.push(`  const ${storage.future(slot)} = $makeOp($t);`);
  for (const race of graph.races.filter(isOwn)) {
    lines.push(`  const $g${race.slot} = ${groupText(race, "")};`);
  }
  lines.push(...freeArmLines(graph, "", "const "));
  for (const callee of graph.callees) lines.push(...calleeLines(graph, callee, "const "));
  lines.push(...states);
  const { params, stores } = argumentTexts(graph, layout);
  const caller = `${isCalled ? " $r = $ret;" : ""}${isCalled && graph.hasHandlers ? " $h = $t.handler_;" : ""}`;
  const enter = isGenerator(graph)
    ? ` if ($ret) {${caller} return $s; }${stores.join("")} $s = $0;`
    : `${stores.join("")}${caller} ${first.join(" ")}`;
  const isRead = [isCalled || isGenerator(graph), ...stores.map((each) => each !== "")];
  const taken = ["$ret", ...params].slice(0, isRead.lastIndexOf(true) + 1);
  lines.push(`  return function (${taken.join(", ")}) {${enter} };`, "}");
  return lines.join("\n");
}

/** Makes the frame of a function that stands below the tasks of its file when it is entered first. */
export function boardLate({ fn }: Graph): string {
  if (!isLate(homeOf(fn.node))) return "";
  const made = `(enter || (enter = ${fn.id}$make($t)))`;
  const call = (own: string): string => `function () { return ${made}${own}.apply(null, arguments); }`;
  const levels = fn.depth > 0 ? `first.at_ = ${call(".at_")}; ` : "";
  return `function ${fn.id}$first($t: any) { let enter: any; const first: any = ${call("")}; ${levels}return first; } `;
}

/** The factory of a function that may await itself. */
function levelsFactory(
  graph: Graph,
  layout: Layout,
  states: readonly string[],
  first: readonly string[],
): string {
  const { id, name, depth } = graph.fn;
  const isArm = (callee: Callee): boolean => callee.isStrand;
  const fields = ["up_: null", "levels_: null", "deeper_: null", "$r: null"];
  if (graph.hasHandlers) fields.push("$h: null", "$l: null");
  for (const word of layout.words) fields.push(`${word.name}: undefined`);
  for (const slot of graph.futures) fields.push(`$o_${slot.name}: $makeOp($t)`);
  for (const race of graph.races.filter(isOwn)) fields.push(`$g${race.slot}: ${groupText(race, "$f.")}`);
  const arms = [
    ...freeArmLines(graph, "$f.", "$f."),
    ...graph.callees.filter(isArm).flatMap((callee) => calleeLines(graph, callee, "$f.")),
  ];
  const lines = [`function ${id}$make($t) {`];
  for (const callee of graph.callees) if (!isArm(callee)) lines.push(...calleeLines(graph, callee, "const "));
  lines.push(`  const $top = $levels(${literal(name)}, ${depth}, () => {`);
  lines.push(
    `    const $f = { ${fields.join(", ")} };`,
    ...arms.map((line) => `  ${line}`),
    "    return $f;",
  );
  lines.push("  });", "  let $f = $top;");
  lines.push(...states);
  for (const state of graph.states.filter((each) => returnsTo(graph, each))) {
    lines.push(`  function $back${state.id}() { $f = $t.frame_; return $${state.id}; }`);
  }
  const { params, stores } = argumentTexts(graph, layout);
  const callers = graph.hasHandlers ? " $f.$h = $t.handler_; $f.$l = $t.level_;" : "";
  const all = ["$up", "$ret", ...params].join(", ");
  lines.push(`  const $enter = function ($ret${params.map((each) => `, ${each}`).join("")}) {`);
  lines.push(`    return $enter.at_(${["null", "$ret", ...params].join(", ")});`, "  };");
  lines.push(`  $enter.at_ = function (${all}) {`, "    $f = $deeper($up, $top);");
  lines.push(
    `    $f.up_ = $up; $f.$r = $ret;${callers}${stores.join("")} ${first.join(" ")}`,
    "  };",
    "  return $enter;",
    "}",
  );
  return lines.join("\n");
}

/** Whether the strand of the function owns `race`. */
function isOwn({ owner }: Race): boolean {
  return owner === null;
}

/** The arguments of a call, and what stores those that are read. */
function argumentTexts(graph: Graph, layout: Layout): { params: string[]; stores: string[] } {
  const params = graph.params.map((_, i) => `$a${i}`);
  const stores = graph.params.map((slot, i) => {
    const word = layout.givenWordOf(slot);
    return word === undefined ? "" : ` ${placeOf(graph)}${word.name} = $a${i};`;
  });
  return { params, stores };
}

/** What makes a frame when it is entered first, and puts itself in the place of that as `name`. */
function latelyText(strand: string, make: string, name: string): string {
  return `$lately(${strand}, () => ${make}, ($e: any) => (${name} = $e))`;
}

/** A plain callee shares the strand; that of an arm gets a strand of its own. */
function calleeLines(graph: Graph, callee: Callee, target: "const " | "$f."): string[] {
  const { fn, imported, slot } = callee;
  const own = imported === null ? `${fn.id}$make` : `${imported}.${hasOwn(fn) ? "own_" : "make_"}`;
  const make = imported === null && isLate(homeOf(fn.node)) ? `${fn.id}$first` : own;
  const place = placeOf(graph);
  // What is found when it is called may stand in a module that comes after this one.
  const isLater = imported !== null && fn.number > 0 && !isMate(graph, fn);
  if (callee.free !== null) {
    const strand = ownerText({ owner: callee.free }, place);
    const made = isLater
      ? latelyText(strand, outermost(fn, make), `${place}$c${slot}`)
      : freeCalleeText(callee, make, place);
    return [`  ${isLater && target === "const " ? "let " : target}$c${slot} = ${made};`];
  }
  const [first, ...others] = armsOf(graph, callee);
  if (first === undefined && isLater) return [`  let $c${slot} = ${latelyText("$t", make, `$c${slot}`)};`];
  if (first === undefined) {
    const shared = isMate(graph, fn) ? "$mate" : "$common";
    return [`  const $c${slot} = ${fn.isCommon ? `${shared}($t, ${make})` : `${make}($t)`};`];
  }
  const group = (slot: number): string => `${place}$g${slot}`;
  const { race, arm } = first;
  return [
    `  ${target}$c${slot} = $makeArm(${ownerText(callee, place)}, ${group(race.slot)}, ${arm}, ${outermost(fn, make)});`,
    ...others.map(
      (other) => `  ${group(other.race.slot)}.share_(${other.arm}, ${group(race.slot)}, ${arm});`,
    ),
  ];
}
