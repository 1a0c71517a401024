/**
 * The board back end, for engines that read source or are slow at `switch`: one small function for each state, and
 * the frame as variables of a factory that is called once for each instance.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   state k          | function $k() { ... }
 *   goto state       | return $k;
 *   leaf             | $t.resume_ = $k; start; return $t.state_ > 1 && $k;
 *   call             | return $c0($k, ...);         the callee returns to the state it is given
 *   race             | start; $t.resume_ = $k; return $g0.begin_() && $k;  and in $k: if (!settle_()) return;
 *   return           | $t.value_ = v; return $r;
 *   unwind           | return $unwind($t, how, v);
 *   handler          | $t.handler_ = $k;            the outermost saves what it finds in $h
 *
 * A state answers the next state to run at once, or nothing when the strand waits, to go on in `$t.resume_`.
 * `$t` is the first name of the factory, and functions stand before their use: both matter on Espruino.
 */
import type { Block, Callee, Graph, Line, RaceLine, Storage } from "./ir.js";
import { literal } from "./text.js";

/** Frames as variables. */
export const boardStorage: Storage = {
  slot: (slot) => slot.name,
  race: (slot) => `$g${slot}`,
  future: (slot) => `$o_${slot.name}`,
  returnText: (value) => `{ ${value === null ? "" : `$t.value_ = ${value}; `}return $r; }`,
};

/** What stands in the place of the function itself. */
export function boardValue(graph: Graph): string {
  return `{ name: ${literal(graph.fn.name)}, make_: ${graph.fn.id}$make }`;
}

/** The factory of the function of `graph`. */
export function emitBoard(graph: Graph): string {
  const { id } = graph.fn;
  const names = [
    ...graph.slots.map((slot) => boardStorage.slot(slot)),
    "$r",
    ...(graph.hasHandlers ? ["$h"] : []),
  ];
  const lines = [`function ${id}$make($t) {`, `  let ${names.join(", ")};`];
  for (const slot of graph.futures) lines.push(`  const ${boardStorage.future(slot)} = $makeOp($t);`);
  for (const race of graph.races) {
    const group = `$makeGroup($t, ${literal(race.names)}, ${literal(race.kinds)})`;
    lines.push(`  const $g${race.slot} = ${group};`);
  }
  for (const callee of graph.callees) lines.push(`  const $c${callee.slot} = ${calleeText(graph, callee)};`);
  for (const state of graph.states) lines.push(new StateWriter(graph, state).text());
  const params = graph.params.map((_, i) => `$a${i}`);
  const stores = graph.params.map((slot, i) => ` ${boardStorage.slot(slot)} = $a${i};`).join("");
  lines.push(
    `  return function (${["$ret", ...params].join(", ")}) {${stores} $r = $ret; return $0; };`,
    "}",
  );
  return lines.join("\n");
}

/** A plain callee shares the strand; that of an arm gets a strand of its own. */
function calleeText(graph: Graph, callee: Callee): string {
  const make = callee.imported === null ? `${callee.fn.id}$make` : `${callee.imported}.make_`;
  for (const race of graph.races) {
    const arm = race.strands.indexOf(callee);
    if (arm >= 0) return `$makeArm($t, $g${race.slot}, ${arm}, ${make})`;
  }
  return `${make}($t)`;
}

/** Writes the function of one state. */
class StateWriter {
  private readonly out: string[] = [];
  private indent = "    ";

  constructor(
    private readonly graph: Graph,
    private readonly state: Block,
  ) {}

  text(): string {
    const race = this.graph.races.find((each) => this.resumesHere(each.slot));
    if (race !== undefined) this.line(`if (!$g${race.slot}.settle_()) return;`);
    this.block(this.state, true);
    return [`  function $${this.state.id}() {`, ...this.out, "  }"].join("\n");
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
        this.line(`$t.resume_ = $${end.next.id};`, end.start);
        if (!end.suspends) this.line(`return $t.state_ > 1 && $${end.next.id};`);
        else if (!isLast) this.line("return;");
        return;
      case "call":
        this.line(`return $c${end.callee.slot}(${[`$${end.next.id}`, ...end.args].join(", ")});`);
        return;
      case "race":
        for (const line of end.start) this.line(startText(line, end.group.slot));
        this.line(`$t.resume_ = $${end.next.id};`, `return $g${end.group.slot}.begin_() && $${end.next.id};`);
        return;
      case "return":
        // Whoever awaits a function that gives nothing asks for no value; a select hands it on.
        if (!this.graph.isVoid || this.graph.fn.isArm) this.line(`$t.value_ = ${end.value ?? "undefined"};`);
        else if (end.value !== null && !/^[\w$.]+$/.test(end.value)) this.line(`${end.value};`);
        this.line("return $r;");
        return;
      case "unwind":
        this.line(`return $unwind($t, ${end.how}, ${end.value});`);
        return;
      case "end":
        return;
    }
  }

  private goto(to: Block, isLast: boolean): void {
    if (to.isState) this.line(`return $${to.id};`);
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
    for (const line of lines) this.out.push(this.indent + line);
  }
}

function startText(line: RaceLine, group: number): string {
  if (typeof line === "string") return line;
  const enter = `$c${line.callee.slot}(${["$finished", ...line.args].join(", ")})`;
  return `$startStrand($g${group}.strand_(${line.arm}), ${enter});`;
}
