/**
 * Random programs that keep nothing but numbers and booleans while they wait, so that their frames can be shared:
 * statements of all kinds around awaits, with the numbers that columns could get wrong. All of it is well-typed.
 */
import { random } from "../../targets/sim/random.js";
import { RACES, numericRace } from "./numeric-races.js";
import { line, type FuzzFunction, type FuzzProgram, type Statement } from "./tree.js";

/** What programs call. `@` stands for the number of the program. */
const PRELUDE = `${RACES}
enum Mode@ { Low, Mid, High = 7 }
function N@(mark: number, x: number): number { L(@, mark, Object.is(x, -0) ? "-0" : x); return x; }
function B@(mark: number, x: boolean): boolean { L(@, mark, x); return x; }
async function later@(x: number): Promise<number> { await yieldNow(); return x; }
async function asks@(x: boolean, pause = 2): Promise<boolean> { await sleep(ms(pause)); return !x; }
async function fails@(x: number): Promise<number> { try { await sleep(ms(2)); if (x > 1) throw x; return -x; } finally { await yieldNow(); } }`;

const EDGES = ["NaN", "-0", "2147483648", "-2147483649", "0.1", "1e300", "Infinity", "4294967295"];

type Kind = "number" | "flag" | "mode";

interface Around {
  readonly names: readonly { readonly name: string; readonly kind: Kind; readonly isConst: boolean }[];
  readonly labels: readonly { readonly name: string; readonly isLoop: boolean }[];
  readonly inLoop: boolean;
  readonly callees: readonly string[];
}

export function generateNumeric(seed: number, isTimed: boolean): FuzzProgram {
  return new Generator(seed, isTimed).program();
}

class Generator {
  private readonly next: () => number;
  private count = 0;
  private budget = 0;

  constructor(
    private readonly seed: number,
    private readonly isTimed: boolean,
  ) {
    this.next = random(seed);
  }

  program(): FuzzProgram {
    const functions: FuzzFunction[] = [];
    const callees: string[] = [];
    for (let i = this.int(3); i > 0; i--) {
      const [p, q] = [`p${this.count++}`, `q${this.count++}`];
      const names = [
        { name: p, kind: "number", isConst: false },
        { name: q, kind: "flag", isConst: false },
      ] as const;
      this.budget = 10;
      const around = { names, labels: [], inLoop: false, callees: [...callees] };
      const body = [...this.body(around, 3), line(`return ${this.number(around, 2)};`)];
      const name = `f${i}_@`;
      const initial = this.pick(["true", "false"]);
      functions.push({
        head: `async function ${name}(${p}: number, ${q} = ${initial}): Promise<number>`,
        body,
      });
      callees.push(name);
    }
    this.budget = 30;
    const body = this.body({ names: [], labels: [], inLoop: false, callees }, 4);
    functions.push({ head: "async function main@(): Promise<number | void>", body });
    return { seed: this.seed, functions, prelude: PRELUDE, isTimed: this.isTimed };
  }

  private int(below: number): number {
    return Math.floor(this.next() * below);
  }

  private oneIn(count: number): boolean {
    return this.int(count) === 0;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.int(from.length)]!;
  }

  private body(around: Around, depth: number): Statement[] {
    const statements: Statement[] = [];
    let names = around.names;
    for (let i = 1 + this.int(4); i > 0 && this.budget > 0; i--) {
      const inner = { ...around, names };
      if (this.oneIn(3)) {
        const { statement, declared } = this.declaration(inner);
        statements.push(statement);
        names = [...names, declared];
      } else statements.push(this.statement(inner, depth));
    }
    return statements;
  }

  private declaration(around: Around): { statement: Statement; declared: Around["names"][number] } {
    this.budget--;
    const name = `v${this.count++}`;
    const kind = this.pick(["number", "number", "flag", "mode"] as const);
    const isConst = this.oneIn(2);
    const type = { number: "", flag: ": boolean", mode: ": Mode@" }[kind];
    const text = `${isConst ? "const" : "let"} ${name}${type} = ${this.value(around, kind)};`;
    return { statement: line(text), declared: { name, kind, isConst } };
  }

  private value(around: Around, kind: Kind, size = 2): string {
    if (kind === "flag") return this.flag(around, size);
    return kind === "number"
      ? this.number(around, size)
      : this.pick(["Mode@.Low", "Mode@.Mid", "Mode@.High"]);
  }

  private statement(around: Around, depth: number): Statement {
    this.budget--;
    const simple = [
      () => line(`N@(${this.count++}, ${this.number(around, 3)});`),
      () => line(`B@(${this.count++}, ${this.flag(around, 2)});`),
      () => line(`${this.number(around, 3)};`),
      () => line(this.pick(["await yieldNow();", "await sleep(ms(2));", "await sleep(ms(4));"])),
      () => line(`${this.assignment(around)};`),
      () => line(`${this.assignment(around)};`),
      () => this.exit(around),
    ];
    if (depth <= 0) return this.pick(simple)();
    return this.pick([
      ...simple,
      () => this.conditional(around, depth),
      () => this.loop(around, depth, ""),
      () => this.loop(around, depth, ""),
      () => this.labelled(around, depth),
      () => this.switch(around, depth),
      () => this.try(around, depth),
      () => this.try(around, depth),
    ])();
  }

  private assignment(around: Around): string {
    const targets = around.names.filter((each) => !each.isConst);
    if (targets.length === 0) return this.number(around, 2);
    const { name, kind } = this.pick(targets);
    const value = this.value(around, kind);
    if (kind === "mode") return `${name} = ${value}`;
    const operators =
      kind === "flag" ? ["=", "=", "&&=", "||="] : ["=", "=", "+=", "-=", "*=", "^=", "&&=", "||="];
    if (kind === "number" && this.oneIn(5)) return this.pick([`${name}++`, `--${name}`]);
    if (this.oneIn(6)) return `[${name}] = [${value}]`;
    return `${name} ${this.pick(operators)} ${value}`;
  }

  private number(around: Around, size: number): string {
    if (size <= 0) return this.leaf(around);
    const of = (): string => this.number(around, size - 1);
    const callee = around.callees.length > 0 ? this.pick(around.callees) : "later@";
    if (this.isTimed && this.oneIn(8)) {
      const pick = <T>(from: readonly T[]): T => this.pick(from);
      return numericRace(() => this.leaf(around), pick, around.callees);
    }
    return this.pick([
      () => this.leaf(around),
      () => `(${of()} ${this.pick(["+", "-", "*", "&", "|", ">>>"])} ${of()})`,
      () => `(${of()} + ${of()} | 0)`,
      () => `(${this.flag(around, size - 1)} ? ${of()} : ${of()})`,
      () => `N@(${this.count++}, ${of()})`,
      () => `(-${of()})`,
      () => `Math.max(${of()}, ${of()})`,
      () => `\`\${${of()}}:\${${of()}}\`.length`,
      () => `[${of()}, ${of()}][${this.leaf(around)} & 1]!`,
      () => `(await later@(${of()}))`,
      () => `(await later@(${of()}))`,
      () => `(await fails@(${of()}))`,
      () => `(await ${callee}(${of()}))`,
      () => (callee === "later@" ? of() : `(await ${callee}(${of()}, ${this.flag(around, size - 1)}))`),
      () => `(await sleep(ms(2)), ${of()})`,
    ])();
  }

  private leaf(around: Around): string {
    const names = around.names.filter((each) => each.kind !== "flag");
    if (names.length > 0 && !this.oneIn(3)) return this.pick(names).name;
    return this.oneIn(4) ? `(${this.pick(EDGES)})` : String(this.int(6));
  }

  private flag(around: Around, size: number): string {
    const names = around.names.filter((each) => each.kind === "flag");
    if (names.length > 0 && this.oneIn(3)) return `${this.pick(["", "!"])}${this.pick(names).name}`;
    if (size <= 0) return this.pick(["true", "false"]);
    const of = (): string => this.flag(around, size - 1);
    return this.pick([
      () =>
        `(${this.number(around, size - 1)} ${this.pick(["<", ">=", "===", "!=="])} ${this.number(around, size - 1)})`,
      () => `(${of()} ${this.pick(["&&", "||", "===", "!=="])} ${of()})`,
      () => `B@(${this.count++}, ${of()})`,
      () => `(await asks@(${of()}))`,
      () => `(await asks@(${of()}, ${2 * this.int(3)}))`,
      () => `(!(${of()}))`,
    ])();
  }

  private exit(around: Around): Statement {
    const choices = [`throw ${this.number(around, 1)};`, `return ${this.number(around, 2)};`];
    if (around.inLoop) choices.push("break;", "continue;");
    for (const { name, isLoop } of around.labels)
      choices.push(`break ${name};`, isLoop ? `continue ${name};` : "");
    return {
      parts: [`if (${this.flag(around, 1)}) `, [line(this.pick(choices.filter((each) => each !== "")))]],
    };
  }

  private conditional(around: Around, depth: number): Statement {
    const head = `if (${this.flag(around, 2)}) `;
    const then = this.body(around, depth - 1);
    return { parts: this.oneIn(2) ? [head, then] : [head, then, " else ", this.body(around, depth - 1)] };
  }

  private loop(around: Around, depth: number, label: string): Statement {
    const name = `i${this.count++}`;
    const declared = { name, kind: "number", isConst: true } as const;
    const inner = { ...around, names: [...around.names, declared], inLoop: true };
    const body = this.body(inner, depth - 1);
    if (this.oneIn(2)) return { parts: [`${label}for (let ${name} = 0; ${name} < 3; ${name}++) `, body] };
    const test = `${name}++ < 2 && ${this.flag(around, 1)}`;
    const [head, tail] = this.oneIn(2)
      ? [`${label}while (${test}) `, ""]
      : [`${label}do `, ` while (${test});`];
    return { parts: [[line(`let ${name} = 0;`), { parts: [head, body, tail] }]] };
  }

  private labelled(around: Around, depth: number): Statement {
    const name = `l${this.count++}`;
    const isLoop = this.oneIn(2);
    const inner = { ...around, labels: [...around.labels, { name, isLoop }] };
    if (isLoop) return this.loop(inner, depth, `${name}: `);
    return { parts: [`${name}: `, this.body(inner, depth - 1)] };
  }

  private switch(around: Around, depth: number): Statement {
    const clauses = ["case 0: ", "case 1: ", "default: "].slice(0, 1 + this.int(3)).flatMap((head) => {
      const body = this.body({ ...around, inLoop: false }, depth - 1);
      return [{ parts: [head, body] }, ...(this.oneIn(2) ? [line("break;")] : [])];
    });
    return { parts: [`switch (${this.number(around, 2)} & 3) `, clauses] };
  }

  private try(around: Around, depth: number): Statement {
    const parts: (string | Statement[])[] = ["try ", this.body(around, depth - 1)];
    const kind = this.int(3);
    if (kind !== 1) {
      const body = this.body(around, depth - 1);
      parts.push(" catch (error) ", [line(`L(@, ${this.count++}, error);`), ...body]);
    }
    if (kind !== 0) {
      const body = this.body(around, depth - 1);
      parts.push(" finally ", [line(`L(@, ${this.count++}, "finally");`), ...body]);
    }
    return { parts };
  }
}
