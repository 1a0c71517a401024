/**
 * The states of one function for boards: each a small function, over what emit-board.ts declares around them. The table
 * of what becomes of each block stands there.
 */
import {
  blocksOf,
  isGenerator,
  isMate,
  resultText,
  suspendsToItself,
  type Block,
  type Callee,
  type Graph,
  type Line,
  type RaceLine,
  type Storage,
  type Terminator,
} from "../graph/ir.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Layout } from "../frames/layout.js";
import { resolved } from "../graph/marks.js";
import { FORGET_HOW, IS_CANCELLED } from "../graph/try.js";
import { Lines } from "./lines.js";
import { raceLines } from "./race-storage.js";
import { callMark } from "./text.js";

/** Frames as variables, or as levels of them. */
export function storageOf(graph: Graph, layout: Layout): Storage {
  const place = placeOf(graph);
  return {
    slot: (slot) => {
      const word = layout.wordOf(slot);
      return word === undefined ? slot.name : place + word.name;
    },
    race: (slot) => `${place}$g${slot}`,
    arm: (free) => `${place}$s${free}`,
    nested: (race) => `${place}$n${race}`,
    future: (slot) => `${place}$o_${slot.name}`,
    begin: (callee) => `$c${callee}(0`,
    make: (made) => generatorText(graph.made[made]!),
    returnText: (value) => {
      const result = isGenerator(graph) ? resultText(graph, value) : value;
      return `{ ${result === null ? "" : `$t.value_ = ${result}; `}${returnLines(graph).join(" ")} }`;
    },
  };
}

/** What makes the frames of an object's generator. */
function generatorText({ fn, imported }: Callee): string {
  return `$generator(${imported === null ? outermost(fn, `${fn.id}$make`) : `${imported}.make_`}, `;
}

/** What starts a strand, where `make` makes the factory of `fn`. */
export function outermost(fn: AsyncFunction, make: string): string {
  return fn.hasCommon ? `($t) => $family($t, ${make})` : make;
}

/** Where what a call of the function keeps is found. */
export function placeOf({ fn }: Graph): "$f." | "" {
  return fn.depth > 0 ? "$f." : "";
}

/** Whether it returns to one of several callers. */
export function isAwaited(fn: AsyncFunction): boolean {
  return fn.isCalled || fn.pool === 0;
}

function returnLines(graph: Graph): string[] {
  return graph.fn.depth > 0 ? ["$t.frame_ = $f.up_;", "return $f.$r;"] : ["return $r;"];
}

/** The functions of all states, and the lines that a call ends with: where it goes on, or what it runs at once. */
export function statesText(
  graph: Graph,
  layout: Layout,
  cancels: boolean,
): { states: string[]; first: readonly string[] } {
  const settled = settledStates(graph);
  const entry = graph.states[0]!;
  const kept = distinctStates(graph, (names) =>
    graph.states.map((state) => new StateWriter(graph, layout, state, settled, names, cancels).lines()),
  );
  const states = kept.map(({ name, lines }) => [`  function ${name}() {`, ...lines, "  }"].join("\n"));
  // A generator is begun by name (emit-board.ts).
  const isNamed =
    isGenerator(graph) || states.some((text) => /\$0(?![\w$])/.test(text.slice("  function $0".length)));
  const own = kept[0]!.lines.map((line) => line.trim());
  if (isNamed || (!mayRunAtOnce(graph) && !isJump(own, graph)))
    return { states, first: [`return ${settled.has(entry) ? "$t.resume_ = $0" : "$0"};`] };
  return { states: states.slice(1), first: own };
}

/** States by the name of their function. */
type Names = ReadonlyMap<Block, string>;

/** States whose functions would be the same have one: as the awaits in the head and at the end of a loop. */
function distinctStates(
  { states, fn }: Graph,
  write: (names: Names) => string[][],
): { name: string; lines: string[] }[] {
  const names = new Map(states.map((state) => [state, `$${state.id}`]));
  for (;;) {
    const texts = write(names);
    const owners = new Map<string, Block>();
    let isStable = true;
    for (const [i, state] of states.entries()) {
      const text = texts[i]!.join("\n").replace(MARKS, "");
      // Those of a function that may await itself are known elsewhere.
      const owner = fn.depth > 0 ? state : (owners.get(text) ?? state);
      owners.set(text, owner);
      if (names.get(state) === names.get(owner)) continue;
      names.set(state, names.get(owner)!);
      isStable = false;
    }
    if (!isStable) continue;
    const isOwn = (state: Block): boolean => names.get(state) === `$${state.id}`;
    return states.flatMap((state, i) =>
      isOwn(state) ? [{ name: names.get(state)!, lines: texts[i]! }] : [],
    );
  }
}

/** The author's positions. */
const MARKS = /\u0001\d+\u0002/g;

/** Whether a call of the function may run its first state: it is no task, whose start is later, nor called in a row. */
function mayRunAtOnce(graph: Graph): boolean {
  const { fn } = graph;
  if (fn.pool > 0 || fn.isArm || fn.depth > 0 || isGenerator(graph)) return false;
  // Engines have little stack: the first state of one that begins with a call would stand on that of the other.
  return blocksOf(graph.states[0]!).every(
    ({ end }) => end.kind !== "call" && end.kind !== "resume" && end.kind !== "ask",
  );
}

/** Whether `lines` only go on in another state, once variables of a task have their first values: it may start with that. */
function isJump(lines: readonly string[], { fn }: Graph): boolean {
  const values = fn.pool > 0 && fn.depth === 0 ? lines.slice(0, -1) : [];
  const [last, ...others] = lines.slice(values.length);
  if (last === undefined || others.length > 0 || !values.every((line) => FIRST_VALUE.test(line)))
    return false;
  return /^return (\$t\.resume_ = )?\$\d+;$/.test(last);
}

/** `i = 0;`, and its like. */
const FIRST_VALUE =
  /^(\u0001\d+\u0002)*[\w$]+ = (\u0001\d+\u0002)*(\d[\w.]*|"[^"\\]*"|true|false|null|undefined);$/;

/** Whether a call of a function that may await `graph`'s returns to `state`. */
export function returnsTo(graph: Graph, state: Block): boolean {
  return graph.states
    .flatMap(blocksOf)
    .some(({ end }) => end.kind === "call" && end.next === state && isMate(graph, end.callee.fn));
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
      if (/^(call|resume|ask|yield)$/.test(end.kind)) found.delete((end as { next: Block }).next);
    }
  }
  return found;
}

/** Writes the function of one state. */
class StateWriter extends Lines {
  /** States that are entered with `$t.resume_` at themselves; see {@link settledStates}. */
  private readonly settled: ReadonlySet<Block>;
  private readonly storage: Storage;
  /** Slots that are variables of this state alone. */
  private readonly locals = new Set<string>();

  constructor(
    private readonly graph: Graph,
    layout: Layout,
    private readonly state: Block,
    settled: ReadonlySet<Block>,
    private readonly names: Names,
    /** Whether anything is cancelled: what comes to a handler may be no throw. */
    private readonly cancels: boolean,
  ) {
    super("    ");
    this.settled = settled;
    const storage = storageOf(graph, layout);
    this.storage = {
      ...storage,
      slot: (slot) => {
        if (layout.wordOf(slot) === undefined) this.locals.add(slot.name);
        return storage.slot(slot);
      },
    };
  }

  private nameOf(state: Block): string {
    return this.names.get(state)!;
  }

  /** What its function runs. */
  lines(): string[] {
    const race = this.graph.races.find((each) => this.resumesHere(each.slot));
    if (this.graph.fn.depth > 0 && this.isHandler()) this.line("$f = $t.level_;");
    if (race !== undefined) this.line(`if (!${this.storage.race(race.slot)}.settle_()) return 1;`);
    this.block(this.state, true);
    return this.declared();
  }

  /** Whether a throw can lead here. */
  private isHandler(): boolean {
    const lines = this.graph.states.flatMap(blocksOf).flatMap((block) => block.lines);
    return lines.some((line) => typeof line !== "string" && line.handler === this.state);
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
        if (this.cancels || end.test !== IS_CANCELLED) {
          this.line(`if (${end.test}) {`);
          this.nested(() => {
            this.goto(end.then, false);
          });
          this.line("}");
        }
        this.goto(end.otherwise, isLast);
        return;
      case "leaf":
        if (end.suspends === "yields" && !isLast && this.isElsewhere(end.next)) {
          this.line(`return void ($t.resume_ = ${this.nameOf(end.next)});`);
          return;
        }
        this.resumeAt(end.next);
        if (end.start !== "") this.line(end.start);
        if (end.suspends === "perhaps") this.line(`return $t.state_ > 1 ? ${this.nameOf(end.next)} : 1;`);
        else if (end.suspends === "pauses") this.line("return $pause();");
        else if (end.suspends === "always") this.line("return 1;");
        else if (!isLast) this.line("return;");
        return;
      case "call":
        this.line(`${callMark(end.next)}return ${this.callText(end.callee, end.next, end.args)};`);
        return;
      case "resume":
      case "ask":
        this.line(`return ${this.resumeText(end)};`);
        return;
      case "yield":
        this.line(`$s = ${this.nameOf(end.next)};`, `$t.value_ = ${end.value};`, "return $r;");
        return;
      case "race":
        this.line(...this.startTexts(end.start));
        this.resumeAt(end.next);
        this.line(`return ${this.storage.race(end.group.slot)}.begin_() ? ${this.nameOf(end.next)} : 1;`);
        return;
      case "return":
        // Whoever awaits a function that gives nothing asks for no value; a select hands it on.
        if (!this.graph.isVoid || this.graph.fn.isArm || this.graph.fn.isJoined) {
          this.line(`$t.value_ = ${resultText(this.graph, end.value)};`);
        } else if (end.value !== null && !/^[\w$.]+$/.test(this.resolved(end.value)))
          this.line(`${end.value};`);
        this.line(...returnLines(this.graph));
        return;
      case "unwind":
        this.line(`return $unwind(${this.cancels ? end.how : "1"}, ${end.value});`);
        return;
      case "pause":
        throw new Error("a task pauses at futures alone");
      case "end":
        return;
    }
  }

  /** Names the state where the strand goes on; one that suspends to itself is there already. */
  private resumeAt(next: Block): void {
    if (this.isElsewhere(next)) this.line(`$t.resume_ = ${this.nameOf(next)};`);
  }

  private isElsewhere(next: Block): boolean {
    return next !== this.state || !this.settled.has(next);
  }

  private goto(to: Block, isLast: boolean): void {
    if (to.isState && this.settled.has(to) && to !== this.state) {
      this.line(`return $t.resume_ = ${this.nameOf(to)};`);
    } else if (to.isState) this.line(`return ${this.nameOf(to)};`);
    else this.block(to, isLast);
  }

  private lineText(line: Line): string {
    if (typeof line === "string") return this.cancels ? line : withoutHow(line);
    const place = placeOf(this.graph);
    const isLevel = place !== "";
    // A task has no handler when it starts.
    const outer = isAwaited(this.graph.fn) ? `${place}$h` : "null";
    if (line.handler === null) return `$t.handler_ = ${outer};${isLevel ? " $t.level_ = $f.$l;" : ""}`;
    return `$t.handler_ = ${this.nameOf(line.handler)};${isLevel ? " $t.level_ = $f;" : ""}`;
  }

  private callText(callee: Callee, next: Block, args: readonly string[]): string {
    const own = `$c${callee.slot}`;
    return isMate(this.graph, callee.fn)
      ? `${own}.made_.at_(${["$f", `$back${next.id}`, ...args].join(", ")})`
      : `${own}(${[this.nameOf(next), ...args].join(", ")})`;
  }

  private resumeText(end: Extract<Terminator, { readonly kind: "resume" | "ask" }>): string {
    const next = this.nameOf(end.next);
    return end.kind === "resume" ? `$c${end.callee.slot}(${next})` : `$resumed(${end.object}, ${next}, $t)`;
  }

  private startTexts(lines: readonly RaceLine[]): string[] {
    const place = placeOf(this.graph);
    return raceLines(
      lines,
      place,
      (callee, args) => `${place}$c${callee.slot}(${["$finished", ...args].join(", ")})`,
    );
  }

  protected override line(...lines: readonly string[]): void {
    // Without copies of what has the same variable.
    const texts = lines.map((line) => this.resolved(line));
    super.line(...texts.filter((text) => text !== "" && !/^([^\s=;]+) = \1;$/.test(text)));
  }

  private resolved(text: string): string {
    return resolved(text, this.storage, this.graph.slots);
  }

  /** The lines, with each local declared: where it gets its first value, if that is on the way to all others. */
  private declared(): string[] {
    const lines = withoutCopies(this.out, this.locals);
    const early: string[] = [];
    for (const name of this.locals) {
      const at = lines.findIndex((line) => wordsOf(line).includes(name));
      if (at < 0) continue;
      const start = /^ {4}((?:\u0001\d+\u0002)*)([^\s]+) = /.exec(lines[at]!);
      if (start?.[2] !== name) early.push(name);
      else lines[at] = `    ${start[1]!}let ${lines[at]!.slice(4 + start[1]!.length)}`;
    }
    return early.length === 0 ? lines : [`    let ${early.join(", ")};`, ...lines];
  }
}

/** `lines`, where a local that gets its first value from a temporary, whose last use that is, is that one: by its own name. */
function withoutCopies(lines: readonly string[], locals: ReadonlySet<string>): string[] {
  let left = [...lines];
  for (const name of locals) {
    const at = left.findIndex((line) => wordsOf(line).includes(name));
    const [, to, from] = COPY.exec(left[at] ?? "") ?? [];
    if (to !== name || from === undefined || !from.startsWith("$") || !locals.has(from)) continue;
    const uses = left.map((line) => wordsOf(line).includes(from));
    if (uses.lastIndexOf(true) > at || left.some((line, i) => uses[i] && /["'`]/.test(line))) continue;
    const own = new RegExp(
      `(?<![\\w$.\\u0080-\\uffff])${from.replaceAll("$", "\\$")}(?![\\w$\\u0080-\\uffff])`,
      "g",
    );
    left = left.filter((_, i) => i !== at).map((line) => line.replace(own, () => name));
  }
  return left;
}

/** `(word = $item);` */
const COPY = /^\s+(?:\u0001\d+\u0002)*\(?(?:\u0001\d+\u0002)*([^\s()]+) = ([^\s()]+?)\)?;$/;

/** `line`, where what comes to a handler is a throw. */
function withoutHow(line: string): string {
  return line === FORGET_HOW ? "" : line.replace(/ = \$t\.how_;$/, " = 1;");
}

function wordsOf(line: string): string[] {
  return line.split(/[^\w$\u0003\u0080-\uffff]+/);
}
