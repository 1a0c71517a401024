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
 *   yield            | $f.pc_ = k; $t.value_ = v; $t.frame_ = $f.up_; return 1;
 *   race             | $f.pc_ = k; start; if (!$f.$g0.begin_()) return 0;  and at k: if (!settle_()) return 0;
 *   return           | $t.value_ = v; $t.frame_ = $f.up_; return 1;
 *   unwind           | return $unwind($t, how, v);
 *   handler          | $f.handler_ = k;             0: the caller's
 *
 * A poll answers 0, suspended, 1, go on with $t.frame_, or 2, ready again.
 */
import { layoutOf, type Layout } from "./layout.js";
import { livenessOf } from "./liveness.js";
import { resolved } from "./marks.js";
import type { AsyncFunction } from "./find-tasks.js";
import { literal } from "./text.js";
import {
  resultText,
  armsOf,
  suspendsToItself,
  type Block,
  type Callee,
  type Graph,
  type Line,
  type Race,
  type Slot,
  type Storage,
} from "./ir.js";

/** Frames as objects: `$f` is the frame, `$t` the strand. */
function storageOf(graph: Graph, layout: Layout): Storage {
  return {
    slot: (slot) => {
      const word = layout.wordOf(slot);
      return word === undefined ? slot.name : `$f.${word.name}`;
    },
    race: (slot) => `$f.$g${slot}`,
    future: (slot) => `$f.$o_${slot.name}`,
    begin: (callee) => `${part(graph.callees[callee]!, "enter")}($f.$c${callee}`,
    returnText: (value) => `{ $t.value_ = ${resultText(graph, value)}; $t.frame_ = $f.up_; return 1; }`,
  };
}

/** Where the slots of `graph` live: what no suspension must keep is a local of the poll. */
export function arenaLayout(graph: Graph): Layout {
  return layoutOf(graph, livenessOf(graph), { entries: "polls", mayShare: areTemporaries });
}

/** V8 keeps track of the types that a field has: the author's variables each have their own. */
function areTemporaries(a: Slot, b: Slot): boolean {
  return a.name.startsWith("$") && b.name.startsWith("$");
}

/** The functions that stand for the function of `graph`: `NAME$frame`, `NAME$enter`, `NAME$poll`. */
export function emitArena(graph: Graph): string {
  const layout = arenaLayout(graph);
  return [frameText(graph, layout), enterText(graph, layout), new PollWriter(graph, layout).text()].join(
    "\n",
  );
}

/** What stands in the place of the function itself: the parts that other modules and `task()` use. */
export function arenaValue(graph: Graph): string {
  const { id, name, isCommon } = graph.fn;
  const waits = literal(graph.states.map((state) => state.waitsFor));
  const args = [...(isCommon ? ["null"] : []), ...graph.params.map((_, i) => `$a[${i}]`)];
  const enter = `($f, $a) => ${id}$enter(${["$f", ...args].join(", ")})`;
  return `{ name: ${literal(name)}, frame_: ${outermost(graph.fn, `${id}$frame`)}, enterWith_: ${id}$enter, enter_: ${enter}, waits_: ${waits} }`;
}

function frameText(graph: Graph, layout: Layout): string {
  const { id } = graph.fn;
  const fields = [`poll_: ${id}$poll`, "up_: $up", "pc_: 0", "handler_: 0"];
  for (const word of layout.words) fields.push(`${word.name}: undefined`);
  for (const slot of graph.futures) fields.push(`$o_${slot.name}: $makeOp($t)`);
  for (const callee of graph.callees) fields.push(`$c${callee.slot}: null`);
  for (const race of graph.races) fields.push(`$g${race.slot}: ${groupText(race)}`);
  const lines = [`function ${id}$frame($t, $up) {`, `  const $f = { ${fields.join(", ")} };`];
  for (const callee of graph.callees) lines.push(...calleeLines(graph, callee));
  return [...lines, "  return $f;", "}"].join("\n");
}

/** A plain callee shares the strand; that of an arm gets a strand of its own. */
function calleeLines(graph: Graph, callee: Callee): string[] {
  const { fn, slot } = callee;
  const make = part(callee, "frame");
  const [first, ...others] = armsOf(graph, callee);
  if (first === undefined)
    return [`  $f.$c${slot} = ${fn.isCommon ? `$common($t, ${make})` : `${make}($t, $f)`};`];
  const arm = `$f.$g${first.race.slot}, ${first.arm}`;
  return [
    `  $f.$c${slot} = $makeArm($t, ${arm}, ${outermost(fn, make)});`,
    ...others.map((other) => `  $f.$g${other.race.slot}.share_(${other.arm}, ${arm});`),
  ];
}

/** What makes the outermost frame of a strand, where `make` makes one of `fn`. */
function outermost(fn: AsyncFunction, make: string): string {
  return fn.hasCommon ? `($t) => $family($t, ${make})` : make;
}

function groupText(race: Race): string {
  return `$makeGroup($t, ${literal(race.names)}, ${literal(race.kinds)})`;
}

/** How the caller's file says `NAME$frame` or `NAME$enter` of a callee. */
function part(callee: Callee, name: "frame" | "enter"): string {
  if (callee.imported === null) return `${callee.fn.id}$${name}`;
  return `${callee.imported}.${name === "frame" ? "frame_" : "enterWith_"}`;
}

/** Puts `args` into the frame of `callee`, which `up` awaits. */
function enterCall(callee: Callee, up: string, args: readonly string[]): string {
  const all = [`$f.$c${callee.slot}`, ...(callee.fn.isCommon ? [up] : []), ...args];
  return `${part(callee, "enter")}(${all.join(", ")})`;
}

function enterText(graph: Graph, layout: Layout): string {
  const { id, isCommon } = graph.fn;
  const names = graph.params.map((_, i) => `$${i}`);
  const stores = graph.params.map((slot, i) => {
    const word = layout.wordOf(slot);
    return word === undefined ? "" : ` $f.${word.name} = $${i};`;
  });
  const up = isCommon ? " $f.up_ = $up;" : "";
  const params = ["$f", ...(isCommon ? ["$up"] : []), ...names];
  return `function ${id}$enter(${params.join(", ")}) {${up}${stores.join("")} $f.pc_ = $f.handler_ = 0; return $f; }`;
}

/** How a poll is left after a leaf was started. */
const LEAVES = {
  perhaps: "if ($t.state_ < 2) return 0;",
  always: "return 0;",
  yields: "return 2;",
  pauses: "return $pause($t);",
};

/** Writes the `switch` of one function. */
class PollWriter {
  private readonly out: string[] = [];
  private readonly written = new Set<Block>();
  private indent = "";
  /** The state whose case is being written. */
  private state: Block | null = null;

  private readonly storage: Storage;
  /** Slots that are variables of the poll. */
  private readonly locals = new Set<string>();

  constructor(
    private readonly graph: Graph,
    layout: Layout,
  ) {
    const storage = storageOf(graph, layout);
    this.storage = {
      ...storage,
      slot: (slot) => {
        if (layout.wordOf(slot) === undefined) this.locals.add(slot.name);
        return storage.slot(slot);
      },
    };
  }

  text(): string {
    for (const state of this.graph.states) this.case(state);
    const locals = this.locals.size === 0 ? [] : [`  let ${[...this.locals].join(", ")};`];
    const head = [`function ${this.graph.fn.id}$poll($f, $t) {`, ...locals, "  for (;;) switch ($f.pc_) {"];
    return [...head, ...this.out, "  }", "}"].join("\n");
  }

  private case(state: Block): void {
    let next: Block | null = state;
    while (next !== null && !this.written.has(next)) {
      this.written.add(next);
      this.state = next;
      this.out.push(`    case ${next.id}:`);
      this.indent = "      ";
      if (next.resumesRace >= 0)
        this.line(`if (!${this.storage.race(next.resumesRace)}.settle_()) return 0;`);
      next = this.block(next, true);
    }
  }

  /** Writes `block` and what only it leads to; the state that control falls into at the end, if it may. */
  private block(block: Block, mayFall: boolean): Block | null {
    for (const line of block.lines) this.line(lineText(line));
    const end = block.end;
    switch (end.kind) {
      case "goto":
        return this.goto(end.to, mayFall);
      case "if":
        return this.branch(end.test, end.then, end.otherwise, mayFall);
      case "leaf":
        this.resumeAt(end.next);
        if (end.start !== "") this.line(end.start);
        this.line(LEAVES[end.suspends]);
        return end.suspends === "perhaps" ? this.fall(end.next, mayFall) : null;
      case "call":
        this.line(`$f.pc_ = ${end.next.id};`);
        this.line(`$t.frame_ = ${enterCall(end.callee, "$f", end.args)};`);
        this.line("return 1;");
        return null;
      case "resume":
        this.line(`$f.pc_ = ${end.next.id};`, `$t.frame_ = $f.$c${end.callee.slot};`, "return 1;");
        return null;
      case "yield":
        this.line(`$f.pc_ = ${end.next.id};`, `$t.value_ = ${end.value};`);
        this.line("$t.frame_ = $f.up_;", "return 1;");
        return null;
      case "race":
        this.race(end.start, end.group, end.next);
        return this.fall(end.next, mayFall);
      case "return":
        this.line(`$t.value_ = ${resultText(this.graph, end.value)};`, "$t.frame_ = $f.up_;", "return 1;");
        return null;
      case "unwind":
        this.line(`return $unwind($t, ${end.how}, ${end.value});`);
        return null;
      case "pause":
        throw new Error("a task pauses at futures alone");
      case "end":
        return null;
    }
  }

  private race(start: Extract<Block["end"], { kind: "race" }>["start"], group: Race, next: Block): void {
    const own = this.storage.race(group.slot);
    for (const line of start) {
      if (typeof line === "string") this.line(line);
      else {
        const enter = enterCall(line.callee, "null", line.args);
        this.line(`$startStrand(${own}.strand_(${line.arm}), ${enter});`);
      }
    }
    this.resumeAt(next);
    this.line(`if (!${own}.begin_()) return 0;`);
  }

  /** Names the state where the task goes on; one that suspends to itself is there already. */
  private resumeAt(next: Block): void {
    if (next !== this.state || !suspendsToItself(next)) this.line(`$f.pc_ = ${next.id};`);
  }

  private goto(to: Block, mayFall: boolean): Block | null {
    if (!to.isState) return this.block(to, mayFall);
    if (mayFall && !this.written.has(to)) {
      if (suspendsToItself(to)) this.line(`$f.pc_ = ${to.id};`);
      return to;
    }
    this.line(`$f.pc_ = ${to.id};`, "continue;");
    return null;
  }

  /** After a suspension that did not happen: `pc_` is that of `next` already. */
  private fall(next: Block, mayFall: boolean): Block | null {
    if (mayFall && !this.written.has(next)) return next;
    this.line("continue;");
    return null;
  }

  private branch(test: string, then: Block, otherwise: Block, mayFall: boolean): Block | null {
    this.line(`if (${test}) {`);
    this.nested(then);
    this.line("}");
    return this.goto(otherwise, mayFall);
  }

  private nested(block: Block): void {
    const outer = this.indent;
    this.indent += "  ";
    this.goto(block, false);
    this.indent = outer;
  }

  private line(...lines: string[]): void {
    for (const line of lines) this.out.push(this.indent + resolved(line, this.storage, this.graph.slots));
  }
}

function lineText(line: Line): string {
  return typeof line === "string" ? line : `$f.handler_ = ${line.handler?.id ?? 0};`;
}
