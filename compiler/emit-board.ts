/**
 * The board back end, for engines that read source or are slow at `switch`: one small function for each state, and
 * the frame as variables of a factory that is called once for each instance.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   state k          | function $k() { ... }
 *   goto state       | return $k;
 *   leaf             | $t.resume_ = $k; start; return $t.state_ > 1 && $k;
 *   yieldNow()       | $t.resume_ = $k; return 1;
 *   a loop's pause   | $t.resume_ = $k; return $pause();
 *   call             | return $c0($k, ...);         the callee returns to the state it is given
 *   resume           | return $c0($k);               after $c0(0, ...), which takes the arguments
 *   yield            | $s = $k; $t.value_ = v; return $r;
 *   race             | start; $t.resume_ = $k; return $g0.begin_() && $k;  and in $k: if (!settle_()) return;
 *   return           | $t.value_ = v; return $r;
 *   unwind           | return $unwind($t, how, v);
 *   handler          | $t.handler_ = $k;            the outermost saves what it finds in $h
 *
 * A state answers nothing when the strand waits, to go on in `$t.resume_`; a state to go on with at once; or 1 when it
 * stays ready. `$r` of a task that nobody calls is the end of all tasks, which the module imports.
 * `$t` is the first name of the factory, and functions stand before their use: both matter on Espruino.
 */
import {
  isGenerator,
  restOf,
  resultText,
  armsOf,
  blocksOf,
  suspendsToItself,
  type Block,
  type Callee,
  type Graph,
  type Line,
  type RaceLine,
  type Storage,
} from "./ir.js";
import type { AsyncFunction } from "./find-tasks.js";
import { layoutOf, type Layout } from "./layout.js";
import { livenessOf } from "./liveness.js";
import { resolved } from "./marks.js";
import { homeOf, isLate } from "./homes.js";
import { literal } from "./text.js";

/** Where the slots of `graph` live: what no other state reads is a local of the state. */
export function boardLayout(graph: Graph): Layout {
  return layoutOf(graph, livenessOf(graph), { entries: "states", mayShare: () => true });
}

/** Frames as variables. */
const boardStorage: Storage = {
  slot: (slot) => slot.name,
  race: (slot) => `$g${slot}`,
  future: (slot) => `$o_${slot.name}`,
  begin: (callee) => `$c${callee}(0`,
  returnText: (value) => `{ ${value === null ? "" : `$t.value_ = ${value}; `}return $r; }`,
};

/** What stands in the place of the function itself. */
export function boardValue(graph: Graph): string {
  const { fn } = graph;
  const make = outermost(fn, `${fn.id}$make`);
  return `{ name_: ${literal(fn.name)}, make_: ${restOf(graph) < 0 ? make : withRest(graph, make)} }`;
}

/** `make` for a task that takes any number of arguments: they come one by one, and go on as a list. */
function withRest(graph: Graph, make: string): string {
  const names = ["$ret", ...graph.params.slice(0, -1).map((_, i) => `$${i}`)];
  const enter = `$enter(${names.join(", ")}, [].slice.call(arguments, ${names.length}))`;
  return `($t) => { const $enter = (${make})($t); return function (${names.join(", ")}) { return ${enter}; }; }`;
}

/** What starts a strand, where `make` makes the factory of `fn`. */
function outermost(fn: AsyncFunction, make: string): string {
  return fn.hasCommon ? `($t) => $family($t, ${make})` : make;
}

/** The factory of the function of `graph`. */
export function emitBoard(graph: Graph): string {
  const { id } = graph.fn;
  const layout = boardLayout(graph);
  const isCalled = graph.fn.isCalled || graph.fn.pool === 0;
  const names = layout.words.map((word) => word.name);
  if (isCalled) names.push("$r");
  if (graph.hasHandlers) names.push("$h");
  if (isGenerator(graph)) names.push("$s");
  const lines = [`function ${id}$make($t) {`];
  if (names.length > 0) lines.push(`  let ${names.join(", ")};`);
  for (const slot of graph.futures) lines.push(`  const ${boardStorage.future(slot)} = $makeOp($t);`);
  for (const race of graph.races) {
    const group = `$makeGroup($t, ${literal(race.names)}, ${literal(race.kinds)})`;
    lines.push(`  const $g${race.slot} = ${group};`);
  }
  for (const callee of graph.callees) lines.push(...calleeLines(graph, callee));
  const settled = settledStates(graph);
  for (const state of graph.states) lines.push(new StateWriter(graph, layout, state, settled).text());
  const params = graph.params.map((_, i) => `$a${i}`);
  const stores = graph.params.map((slot, i) => {
    const word = layout.wordOf(slot);
    return word === undefined ? "" : ` ${word.name} = $a${i};`;
  });
  const first = settled.has(graph.states[0]!) ? "$t.resume_ = $0" : "$0";
  const enter = isGenerator(graph)
    ? ` if ($ret) { $r = $ret; return $s; }${stores.join("")} $s = $0;`
    : `${stores.join("")}${isCalled ? " $r = $ret;" : ""} return ${first};`;
  lines.push(`  return function (${["$ret", ...params].join(", ")}) {${enter} };`, "}");
  return lines.join("\n");
}

/** Makes the frame of a function that stands below the tasks of its file when it is entered first. */
export function boardLate({ fn }: Graph): string {
  if (!isLate(homeOf(fn.node))) return "";
  const enter = `(enter || (enter = ${fn.id}$make($t))).apply(null, arguments)`;
  return `function ${fn.id}$first($t: any) { let enter: any; return function () { return ${enter}; }; } `;
}

/**
 * States that suspend to themselves and need not say where to resume, since every way into them does. A handler, and
 * what a callee returns to, are entered by names that others keep.
 */
function settledStates(graph: Graph): Set<Block> {
  const found = new Set(graph.states.filter(suspendsToItself));
  if (isGenerator(graph)) found.delete(graph.states[0]!);
  for (const state of graph.states) {
    for (const block of blocksOf(state)) {
      for (const line of block.lines)
        if (typeof line !== "string" && line.handler) found.delete(line.handler);
      const { end } = block;
      if (end.kind === "call" || end.kind === "resume" || end.kind === "yield") found.delete(end.next);
    }
  }
  return found;
}

/** A plain callee shares the strand; that of an arm gets a strand of its own. */
function calleeLines(graph: Graph, callee: Callee): string[] {
  const { fn, imported, slot } = callee;
  const own = imported === null ? `${fn.id}$make` : `${imported}.make_`;
  const make = imported === null && isLate(homeOf(fn.node)) ? `${fn.id}$first` : own;
  const [first, ...others] = armsOf(graph, callee);
  if (first === undefined)
    return [`  const $c${slot} = ${fn.isCommon ? `$common($t, ${make})` : `${make}($t)`};`];
  const { race, arm } = first;
  return [
    `  const $c${slot} = $makeArm($t, $g${race.slot}, ${arm}, ${outermost(fn, make)});`,
    ...others.map((other) => `  $g${other.race.slot}.share_(${other.arm}, $g${race.slot}, ${arm});`),
  ];
}

/** Writes the function of one state. */
class StateWriter {
  private readonly out: string[] = [];
  /** States that are entered with `$t.resume_` at themselves; see {@link settledStates}. */
  private readonly settled: ReadonlySet<Block>;
  private readonly storage: Storage;
  /** Slots that are variables of this state alone. */
  private readonly locals = new Set<string>();
  private indent = "    ";

  constructor(
    private readonly graph: Graph,
    layout: Layout,
    private readonly state: Block,
    settled: ReadonlySet<Block>,
  ) {
    this.settled = settled;
    this.storage = {
      ...boardStorage,
      returnText: (value) => boardStorage.returnText(isGenerator(graph) ? resultText(graph, value) : value),
      slot: (slot) => {
        const word = layout.wordOf(slot);
        if (word === undefined) this.locals.add(slot.name);
        return word === undefined ? slot.name : word.name;
      },
    };
  }

  text(): string {
    const race = this.graph.races.find((each) => this.resumesHere(each.slot));
    if (race !== undefined) this.line(`if (!$g${race.slot}.settle_()) return;`);
    this.block(this.state, true);
    return [`  function $${this.state.id}() {`, ...this.declared(), "  }"].join("\n");
  }

  private resumesHere(slot: number): boolean {
    return this.state.resumesRace === slot;
  }

  /** Writes `block` and what only it leads to. The last block of the function needs no bare return. */
  private block(block: Block, isLast: boolean): void {
    for (const line of block.lines) this.line(this.lineText(line));
    const end = block.end;
    switch (end.kind) {
      case "goto":
        this.goto(end.to, isLast);
        return;
      case "if":
        this.line(`if (${end.test}) {`);
        this.nested(end.then);
        this.line("}");
        this.goto(end.otherwise, isLast);
        return;
      case "leaf":
        this.resumeAt(end.next);
        if (end.start !== "") this.line(end.start);
        if (end.suspends === "perhaps") this.line(`return $t.state_ > 1 && $${end.next.id};`);
        else if (end.suspends === "yields") this.line("return 1;");
        else if (end.suspends === "pauses") this.line("return $pause();");
        else if (!isLast) this.line("return;");
        return;
      case "call":
        this.line(`return $c${end.callee.slot}(${[`$${end.next.id}`, ...end.args].join(", ")});`);
        return;
      case "resume":
        this.line(`return $c${end.callee.slot}($${end.next.id});`);
        return;
      case "yield":
        this.line(`$s = $${end.next.id};`, `$t.value_ = ${end.value};`, "return $r;");
        return;
      case "race":
        for (const line of end.start) this.line(startText(line, end.group.slot));
        this.resumeAt(end.next);
        this.line(`return $g${end.group.slot}.begin_() && $${end.next.id};`);
        return;
      case "return":
        // Whoever awaits a function that gives nothing asks for no value; a select hands it on.
        if (!this.graph.isVoid || this.graph.fn.isArm) {
          this.line(`$t.value_ = ${resultText(this.graph, end.value)};`);
        } else if (end.value !== null && !/^[\w$.]+$/.test(this.resolved(end.value)))
          this.line(`${end.value};`);
        this.line("return $r;");
        return;
      case "unwind":
        this.line(`return $unwind($t, ${end.how}, ${end.value});`);
        return;
      case "pause":
        throw new Error("a task pauses at futures alone");
      case "end":
        return;
    }
  }

  /** Names the state where the strand goes on; one that suspends to itself is there already. */
  private resumeAt(next: Block): void {
    if (next !== this.state || !this.settled.has(next)) this.line(`$t.resume_ = $${next.id};`);
  }

  private goto(to: Block, isLast: boolean): void {
    if (to.isState && this.settled.has(to) && to !== this.state) {
      this.line(`return $t.resume_ = $${to.id};`);
    } else if (to.isState) this.line(`return $${to.id};`);
    else this.block(to, isLast);
  }

  private nested(block: Block): void {
    const outer = this.indent;
    this.indent += "  ";
    this.goto(block, false);
    this.indent = outer;
  }

  private lineText(line: Line): string {
    if (typeof line === "string") return line;
    if (line.handler === null) return "$t.handler_ = $h;";
    const enter = `$t.handler_ = $${line.handler.id};`;
    return line.outermost ? `$h = $t.handler_; ${enter}` : enter;
  }

  private line(...lines: string[]): void {
    for (const line of lines) this.out.push(this.indent + this.resolved(line));
  }

  private resolved(text: string): string {
    return resolved(text, this.storage, this.graph.slots);
  }

  /** The lines, with each local declared: where it gets its first value, if that is on the way to all others. */
  private declared(): string[] {
    const lines = [...this.out];
    const early: string[] = [];
    for (const name of this.locals) {
      const at = lines.findIndex((line) => wordsOf(line).includes(name));
      const start = /^ {4}((?:\u0001\d+\u0002)*)([^\s]+) = /.exec(lines[at]!);
      if (start?.[2] !== name) early.push(name);
      else lines[at] = `    ${start[1]!}let ${lines[at]!.slice(4 + start[1]!.length)}`;
    }
    return early.length === 0 ? lines : [`    let ${early.join(", ")};`, ...lines];
  }
}

function wordsOf(line: string): string[] {
  return line.split(/[^\w$\u0003\u0080-\uffff]+/);
}

function startText(line: RaceLine, group: number): string {
  if (typeof line === "string") return line;
  const enter = `$c${line.callee.slot}(${["$finished", ...line.args].join(", ")})`;
  return `$startStrand($g${group}.strand_(${line.arm}), ${enter});`;
}
