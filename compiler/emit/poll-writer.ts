/**
 * The `switch` of one function, for the back ends of hosts: what `emit-arena.ts` and `emit-shared.ts` have in common.
 * Their tables say what becomes of each terminator; what differs between them is a {@link PollForm}.
 */
import {
  resultText,
  suspendsToItself,
  type Block,
  type Callee,
  type Graph,
  type Line,
  type RaceLine,
} from "../graph/ir.js";
import type { Layout } from "../frames/layout.js";
import { slotsIn } from "../graph/marks.js";
import type ts from "typescript";
import { Lines } from "./lines.js";
import { UNMAPPED, callMark, endMark, markAt } from "./text.js";

/** How a back end says what a poll does. */
export interface PollForm {
  /** The function's name and parameters. */
  readonly head: string;
  /** What stands before the `switch`. */
  readonly setup: readonly string[];
  /** Where to resume, and where a throw goes: places that are assigned to. */
  readonly pc: string;
  readonly handler: string;
  /** Makes the caller's frame the innermost. */
  readonly leave: string;
  /** Makes the frame of `callee` the innermost, and leaves to go on there. */
  enter(callee: Callee, args: readonly string[]): readonly string[];
  /** The same where `callee` has been entered before: a generator. */
  resume(callee: Callee): string;
  unwind(how: string, value: string): string;
  /** Fills a race, an expression that starts it and tells whether it is over at once, and one that tells it later. */
  fill(start: readonly RaceLine[]): readonly string[];
  begin(race: number): string;
  settle(race: number): string;
}

/** The text of the poll function of `graph`, with marks for its slots. */
export function writePoll(graph: Graph, layout: Layout, form: PollForm): string {
  return new PollWriter(graph, layout, form).text();
}

/** How a poll is left after a leaf was started. */
const LEAVES = {
  perhaps: `if ($t.state_ < 2) ${UNMAPPED}return 0;`,
  always: "return 0;",
  yields: "return 2;",
  pauses: "return $pause($t);",
};

const CASE = /^ *(?=case \d+:)/;

/** `lines`, each case of which counts to the author's line that comes first in it, from the start of that on. */
function withCaseMarks(lines: readonly string[], { text }: ts.SourceFile): string[] {
  const marked = [...lines];
  let mark = UNMAPPED;
  for (let i = marked.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    if (CASE.test(line)) {
      marked[i] = line.replace(CASE, (indent) => indent + mark);
      mark = UNMAPPED;
    } else {
      const offset = /\u0001(\d+)\u0002/.exec(line)?.[1];
      if (offset !== undefined) mark = markAt(startOfLine(text, Number(offset)));
    }
  }
  return marked;
}

/** Where the line of `offset` begins, if nothing but the head of its statement stands before it there. */
function startOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /[;{}]/.test(text.slice(start, offset)) ? offset : start;
}

class PollWriter extends Lines {
  private readonly written = new Set<Block>();
  /** The state whose case is being written. */
  private state: Block | null = null;

  constructor(
    private readonly graph: Graph,
    private readonly layout: Layout,
    private readonly form: PollForm,
  ) {
    super("");
  }

  text(): string {
    for (const state of this.graph.states) this.case(state);
    const { head, setup, pc } = this.form;
    return [
      `function ${head} {`,
      ...setup.map((line) => `  ${line}`),
      ...this.variables(),
      `  for (;;) switch (${pc}) {`,
      ...withCaseMarks(this.out, this.graph.fn.file),
      "  }",
      `${endMark(this.graph.fn.node)}}`,
    ].join("\n");
  }

  /** Slots without a word are variables of the poll. */
  private variables(): string[] {
    const used = slotsIn(this.out.join("\n"));
    const names = this.graph.slots.filter((slot) => used.has(slot.id) && !this.layout.wordOf(slot));
    return names.length === 0 ? [] : [`  let ${names.map((slot) => slot.name).join(", ")};`];
  }

  private case(state: Block): void {
    let next: Block | null = state;
    while (next !== null && !this.written.has(next)) {
      this.written.add(next);
      this.state = next;
      this.out.push(`    case ${next.id}:`);
      this.indent = "      ";
      if (next.resumesRace >= 0)
        this.line(`if (!${this.form.settle(next.resumesRace)}) ${UNMAPPED}return 0;`);
      next = this.block(next, true);
    }
  }

  /** Writes `block` and what only it leads to; the state that control falls into at the end, if it may. */
  private block(block: Block, mayFall: boolean): Block | null {
    for (const line of block.lines) this.line(this.lineText(line));
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
        this.line(this.goOnAt(end.next));
        this.line(...this.form.enter(end.callee, end.args).map((line) => callMark(end.next) + line));
        return null;
      case "resume":
        this.line(this.goOnAt(end.next), this.form.resume(end.callee), "return 1;");
        return null;
      case "ask":
        this.line(this.goOnAt(end.next), `$t.frame_ = $resumed(${end.object}, $f, $t);`, "return 1;");
        return null;
      case "yield":
        this.line(this.goOnAt(end.next), `$t.value_ = ${end.value};`, this.form.leave, "return 1;");
        return null;
      case "race":
        this.line(...this.form.fill(end.start));
        this.resumeAt(end.next);
        this.line(`if (!${this.form.begin(end.group.slot)}) ${UNMAPPED}return 0;`);
        return this.fall(end.next, mayFall);
      case "return":
        this.line(`$t.value_ = ${resultText(this.graph, end.value)};`, this.form.leave, "return 1;");
        return null;
      case "unwind":
        this.line(`return ${this.form.unwind(end.how, end.value)};`);
        return null;
      case "pause":
        throw new Error("a task pauses at futures alone");
      case "end":
        return null;
    }
  }

  private goOnAt(state: Block): string {
    return `${this.form.pc} = ${state.id};`;
  }

  /** Names the state where the task goes on; one that suspends to itself is there already. */
  private resumeAt(next: Block): void {
    if (next !== this.state || !suspendsToItself(next)) this.line(this.goOnAt(next));
  }

  private goto(to: Block, mayFall: boolean): Block | null {
    if (!to.isState) return this.block(to, mayFall);
    if (mayFall && !this.written.has(to)) {
      if (suspendsToItself(to)) this.line(this.goOnAt(to));
      return to;
    }
    this.line(this.goOnAt(to), "continue;");
    return null;
  }

  /** After a suspension that did not happen: the place to go on at is that of `next` already. */
  private fall(next: Block, mayFall: boolean): Block | null {
    if (mayFall && !this.written.has(next)) return next;
    this.line("continue;");
    return null;
  }

  private branch(test: string, then: Block, otherwise: Block, mayFall: boolean): Block | null {
    // A question of ours is no branch of the author's.
    this.line(`if (${test}) ${test.includes("\u0001") ? "" : UNMAPPED}{`);
    this.nested(() => this.goto(then, false));
    this.line("}");
    return this.goto(otherwise, mayFall);
  }

  private lineText(line: Line): string {
    return typeof line === "string" ? line : `${this.form.handler} = ${line.handler?.id ?? 0};`;
  }
}
