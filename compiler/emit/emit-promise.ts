/**
 * The promise back end, for engines without async functions: each function is one `switch` in a closure over the
 * author's own function, which keeps its parameters, `this`, `arguments` and `super`. Its locals are variables there.
 *
 *   async function f(a) {              function f(a) {
 *     const b = await g(a);              let b;
 *     return b + 1;            ->        return $async(($t) => { for (;;) switch ($t.pc_) {
 *   }                                      case 0: $t.pc_ = 1; $t.value_ = g(a); return 1;
 *                                          case 1: b = $t.value_; $t.value_ = b + 1; return 0;
 *                                      } });
 *                                      }
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   state            | case k:
 *   goto state       | $t.pc_ = k; continue;        nothing where the case follows
 *   pause            | $t.pc_ = k; $t.value_ = v; return 1 | 2 | 3;      to await, to yield, to delegate
 *   return           | $t.value_ = v; return 0;
 *   unwind           | $t.how_ = how; $t.value_ = v; return 4;
 *   handler          | $t.handler_ = k;             0: none
 *
 * core/promises runs it: it answers to a pause with `$t.value_`, or goes to the handler.
 */
import type { Block, Graph, Line, Pause, Slot, Storage } from "../graph/ir.js";
import { resolved } from "../graph/marks.js";
import { Lines } from "./lines.js";

/** Frames as variables. */
const storage: Storage = {
  slot: (slot) => slot.name,
  race: (slot) => `$g${slot}`,
  arm: (free) => `$s${free}`,
  nested: (race) => `$n${race}`,
  future: (slot) => `$o_${slot.name}`,
  begin: (callee) => `$c${callee}`,
  make: (made) => `$generator${made}(`,
  returnText: (value) => `{ $t.value_ = ${value ?? "void 0"}; return 0; }`,
};

/** `text` of a function with `slots`, as it is written. */
export function named(text: string, slots: readonly Slot[]): string {
  return resolved(text, storage, slots);
}

/** What a poll answers; core/promises/run.ts has the same numbers. */
const ANSWERS: Record<Pause, number> = { await: 1, yield: 2, delegate: 3 };
const UNWINDS = 4;

/** The function that runs `graph` from where it paused. */
export function emitPoll(graph: Graph): string {
  return new PollWriter(graph).text();
}

class PollWriter extends Lines {
  private readonly written = new Set<Block>();
  private jumps = false;

  constructor(private readonly graph: Graph) {
    super("");
  }

  text(): string {
    const { states } = this.graph;
    for (const state of states) this.case(state);
    const isOne = states.length === 1 && !this.jumps;
    const lines = isOne ? this.out.slice(1) : ["    for (;;) switch ($t.pc_) {", ...this.out, "    }"];
    return ["($t) => {", ...lines, "  }"].join("\n");
  }

  private case(state: Block): void {
    let next: Block | null = state;
    while (next !== null && !this.written.has(next)) {
      this.written.add(next);
      this.out.push(`    case ${next.id}:`);
      this.indent = "      ";
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
        this.line(`if (${end.test}) {`);
        this.nested(() => this.goto(end.then, false));
        this.line("}");
        return this.goto(end.otherwise, mayFall);
      case "pause":
        this.line(
          `$t.pc_ = ${end.next.id};`,
          ...(end.value === "$t.value_" ? [] : [`$t.value_ = ${end.value};`]),
          `return ${ANSWERS[end.how]};`,
        );
        return null;
      case "return":
        this.line(`$t.value_ = ${end.value ?? "void 0"};`, "return 0;");
        return null;
      case "unwind":
        this.line(`$t.how_ = ${end.how};`, `$t.value_ = ${end.value};`, `return ${UNWINDS};`);
        return null;
      case "end":
        return null;
      default:
        throw new Error(`a plain function has no ${end.kind}`);
    }
  }

  private goto(to: Block, mayFall: boolean): Block | null {
    if (!to.isState) return this.block(to, mayFall);
    if (mayFall && !this.written.has(to)) return to;
    this.jumps = true;
    this.line(`$t.pc_ = ${to.id};`, "continue;");
    return null;
  }

  protected override line(...lines: readonly string[]): void {
    super.line(...lines.map((line) => named(line, this.graph.slots)));
  }
}

function lineText(line: Line): string {
  return typeof line === "string" ? line : `$t.handler_ = ${line.handler?.id ?? 0};`;
}
