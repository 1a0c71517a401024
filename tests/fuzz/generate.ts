/** Random programs: statements of all kinds around awaits. The same seed gives the same program. */
import { random } from "../../targets/sim/random.js";
import { givingUp, type Around, type Writer } from "./around.js";
import { Expressions, type Dice } from "./expressions.js";
import { rareForm } from "./forms.js";
import { Declared, addClasses, addFunction, addRecursive, innerFunction } from "./functions.js";
import { forAwaitLoop, forInLoop, forLoop, forOfLoop, generatorCall, whileLoop } from "./loops.js";
import { Names } from "./names.js";
import { PRELUDE } from "./prelude.js";
import { race } from "./races.js";
import { ValueUses } from "./values.js";
import { line, type FuzzProgram, type Statement } from "./tree.js";

export function generate(seed: number, isTimed = false, isHeedless = false): FuzzProgram {
  return new Generator(seed, isTimed, isHeedless).program();
}

class Generator implements Writer {
  readonly dice: Dice;
  readonly names: Names;
  readonly expressions: Expressions;
  private readonly values: ValueUses;
  private count = 0;
  private budget = 0;

  constructor(
    private readonly seed: number,
    readonly isTimed: boolean,
    readonly isHeedless: boolean,
  ) {
    const next = random(seed);
    const int = (below: number): number => Math.floor(next() * below);
    this.dice = { int, oneIn: (count) => int(count) === 0, pick: (from) => from[int(from.length)]! };
    this.names = new Names((from) => this.dice.pick(from));
    this.expressions = new Expressions(this.dice, this.names);
    this.values = new ValueUses(this.dice, this.expressions, this.names);
  }

  program(): FuzzProgram {
    const declared = new Declared();
    for (let i = this.dice.int(4); i > 0; i--) {
      this.budget = 10;
      addFunction(this, declared, i);
    }
    this.budget = 12;
    if (this.dice.oneIn(4)) addRecursive(this, declared);
    this.budget = 16;
    if (this.dice.oneIn(4)) addClasses(this, declared);
    this.budget = 30;
    const body = this.block({ ...declared.around(), takesTurns: true }, 4);
    const { functions } = declared;
    functions.push({ head: "async function main@()", body });
    return { seed: this.seed, functions, prelude: PRELUDE, isTimed: this.isTimed };
  }

  unique(): number {
    return this.count++;
  }

  body(around: Around, depth: number): Statement[] {
    const statements: Statement[] = [];
    const hoisted = this.dice.oneIn(6) ? this.hoisted(around) : undefined;
    for (let i = 1 + this.dice.int(4); i > 0 && this.budget > 0; i--)
      statements.push(this.statement(around, depth));
    if (hoisted !== undefined) statements.splice(this.dice.int(statements.length + 1), 0, hoisted);
    return statements;
  }

  block(around: Around, depth: number): Statement[] {
    return this.names.inScope(() => this.body(around, depth));
  }

  private hoisted(around: Around): Statement {
    const name = this.names.fresh();
    const text = this.names.withoutThis(() => this.closureBody("z", around));
    this.names.add(name, "function");
    return line(`function ${name}(z) { return ${text}; }`);
  }

  /** An expression inside a function that cannot wait. */
  private closureBody(parameter: string | null, around: Around): string {
    const place = { ...around.place, canAwait: false };
    return this.names.inScope(() => {
      if (parameter !== null) this.names.add(parameter, "number");
      return this.expressions.number(place, 2);
    });
  }

  private statement(around: Around, depth: number): Statement {
    this.budget--;
    const { place } = around;
    const e = (size = 2): string => this.expressions.number(place, size);
    const simple = [
      () => line(`L(@, ${this.expressions.mark()}, ${e()});`),
      () => line(`L(@, ${this.expressions.mark()}, ${e(3)});`),
      () => line(`${e(3)};`),
      () => this.declaration(around),
      () => this.declaration(around),
      () => this.hoistedVariable(around),
      () => line("await yieldNow();"),
      () => line(`await sleep(ms(${2 * this.dice.int(3)}));`),
      () => line(`kept@.push(() => ${this.closureBody(null, around)});`),
      () => line(`for (const k of kept@.slice(-3)) L(@, ${this.expressions.mark()}, k());`),
      () => this.values.statement(place, this.unique()),
      () => this.exit(around),
    ];
    if (around.canYield) {
      const give = (): Statement =>
        this.dice.pick([() => line(`yield ${e()};`), () => this.delegation(around)])();
      simple.push(give, give, give);
    }
    if (depth <= 0) return this.dice.pick(simple)();
    return this.dice.pick([
      ...simple,
      () => this.conditional(around, depth),
      () => forLoop(this, around, depth),
      () => forOfLoop(this, around, depth),
      () => forOfLoop(this, around, depth),
      () => forInLoop(this, around, depth),
      () => innerFunction(this, around, depth),
      () => this.scopeWithResources(around, depth),
      ...(around.generators.length > 0 ? [() => forAwaitLoop(this, around, depth)] : []),
      () => whileLoop(this, around, depth),
      () => rareForm(this, around, depth),
      () => rareForm(this, around, depth),
      () => rareForm(this, around, depth),
      () => this.switch(around, depth),
      () => this.try(around, depth),
      () => this.try(around, depth),
      () => this.labelled(around, depth),
      () => ({ parts: [this.block(around, depth - 1)] }),
      ...(this.isTimed ? this.timed(around, depth) : []),
    ])();
  }

  private timed(around: Around, depth: number): (() => Statement)[] {
    const raced = (): Statement => race(this.dice, this.expressions, this.values, around);
    return [raced, raced, () => this.namedFuture(around, depth)];
  }

  private declaration(around: Around): Statement {
    const e = (size = 2): string => this.expressions.number(around.place, size);
    const name = this.names.fresh();
    const withoutThis = (parameter: string): string =>
      this.names.withoutThis(() => this.closureBody(parameter, around));
    const declare = (text: string, kind: Parameters<Names["add"]>[1]): Statement => {
      this.names.add(name, kind);
      return line(text);
    };
    return this.dice.pick([
      () => declare(`let ${name} = ${e()};`, "number"),
      () => declare(`const ${name} = ${e()};`, "constant"),
      () => declare(`let ${name}; ${name} = L(@, ${this.expressions.mark()}, ${name} ?? 5);`, "number"),
      () => declare(`const ${name}: number[] = [${e()}, ${e()}];`, "array"),
      () => declare(`const ${name} = { x: ${e()}, y: ${e()}, m(n) { return (n + this.x) | 0; } };`, "object"),
      () => declare(`const ${name} = (z) => ${this.closureBody("z", around)};`, "function"),
      () => declare(`const ${name} = function (z) { return ${withoutThis("z")}; };`, "function"),
      () =>
        declare(`let { x: ${name} = ${this.expressions.leaf()} } = ${this.expressions.object()};`, "number"),
      () =>
        declare(`let { z: ${name} = ${e(1)} } = { ...${this.expressions.object()}, y: ${e(1)} };`, "number"),
      () =>
        declare(
          `const { x: [${name} = ${e(1)}] = [], ...rest${this.unique()} } = { x: [${e(1)}, 3], y: 1 };`,
          "constant",
        ),
      () => declare(`let [, ${name} = 4] = [${e()}, ${e()}];`, "number"),
      () => declare(`let [, , ${name} = ${e()}] = ${this.expressions.array()}.slice(0, 2);`, "number"),
      () =>
        declare(
          `const ${name} = class { get(n) { return (n + ${withoutThis("n")}) | 0; } }.prototype.get;`,
          "function",
        ),
    ])();
  }

  /** A `var`, which is there before its declaration, and keeps its value from round to round. */
  private hoistedVariable(around: Around): Statement {
    const name = `var${this.unique()}`;
    const number = (): string => this.expressions.number(around.place, 1);
    const log = (): Statement => line(`L(@, ${this.expressions.mark()}, ${name} ?? 5);`);
    const declared = line(`var ${name}: number | undefined = ${number()};`);
    return {
      parts: [[log(), { parts: [`if (${this.expressions.test(around.place, 1)}) `, [declared]] }, log()]],
    };
  }

  private exit(around: Around): Statement {
    const choices = [
      () => line(`throw ${this.expressions.number(around.place, 1)};`),
      () => line(`throw new Error(String(${this.expressions.number(around.place, 1)}));`),
    ];
    const jump = (word: string) => (): Statement => line(`${word};`);
    if (around.canBreak) choices.push(jump("break"), jump("break"));
    if (around.canContinue) choices.push(jump("continue"), jump("continue"));
    if (around.canReturn) {
      const { place } = around;
      choices.push(() => line(`return ${this.expressions.number(place, 2)};`));
      // A call is awaited before a scope is closed; a promise would begin before, and be awaited behind.
      const mustWait = around.isInTry || (around.givesUp && !this.isTimed);
      const word = mustWait ? "return await" : "return";
      choices.push(() => line(`${word} value@(${this.expressions.number(place, 1)});`));
      if (!mustWait) {
        const call = (): string =>
          `${this.dice.pick(["value@", ...place.callees])}(${this.expressions.number(place, 1)})`;
        const lazy = (): Statement =>
          line(
            `return ${this.expressions.number(place, 1)} ${this.dice.pick(["||", "&&", "??"])} ${call()};`,
          );
        choices.push(around.isInCatch ? () => line(`return ${call()};`) : lazy, () =>
          line(
            `return ${this.expressions.test(place, 1)} ? ${this.expressions.number(place, 1)} : ${call()};`,
          ),
        );
      }
    }
    for (const { name, isLoop } of around.labels) {
      choices.push(() => line(`break ${name};`));
      if (isLoop) choices.push(() => line(`continue ${name};`));
    }
    const exit = this.dice.pick(choices)();
    // Mostly under a condition, or little would run.
    if (this.dice.oneIn(4)) return exit;
    return { parts: [`if (${this.expressions.test(around.place, 1)}) `, [exit]] };
  }

  private conditional(around: Around, depth: number): Statement {
    const head = `if (${this.expressions.test(around.place, 2)}) `;
    const then = this.block(around, depth - 1);
    return this.dice.oneIn(2)
      ? { parts: [head, then] }
      : { parts: [head, then, " else ", this.block(around, depth - 1)] };
  }

  /** What another generator, or a list, has to give. */
  private delegation(around: Around): Statement {
    const mark = this.expressions.mark();
    if (around.generators.length === 0)
      return line(`yield* [${this.expressions.number(around.place, 1)}, 4];`);
    return line(`L(@, ${mark}, yield* ${generatorCall(this, around)});`);
  }

  /** A block that holds things until it is left; disposing of some of them throws. */
  private scopeWithResources(around: Around, depth: number): Statement {
    return this.names.inScope(() => {
      const body: Statement[] = [];
      for (let i = 1 + this.dice.int(2); i > 0; i--) {
        const value = this.expressions.number(around.place, 1);
        const mark = this.expressions.mark();
        const [word, type] = this.dice.pick([
          ["using", "Held"],
          ["await using", "SlowlyHeld"],
        ] as const);
        const made = `new ${type}(@, ${mark}, ${value})`;
        const held = this.dice.oneIn(6)
          ? `(${this.expressions.test(around.place, 1)} ? ${made} : null) as ${type}`
          : made;
        body.push(line(`${word} held${this.unique()}: ${type} = ${held};`));
      }
      return { parts: [[...body, ...this.body(givingUp(around), depth - 1)]] };
    });
  }

  private switch(around: Around, depth: number): Statement {
    const subject = this.expressions.number(around.place, 2);
    return this.names.inScope(() => {
      const inner = { ...around, canBreak: true };
      const parts: (string | Statement[])[] = [`switch (${subject} & 3) `];
      const clauses: Statement[] = [];
      const tests = ["0", "1", "2", `(${this.expressions.number(around.place, 1)} & 3)`].slice(
        0,
        1 + this.dice.int(4),
      );
      if (this.dice.oneIn(2)) tests.splice(this.dice.int(tests.length + 1), 0, "default");
      // Clauses share one scope. Only the first ones may declare, or a jump would pass a declaration by.
      for (const test of tests) {
        const body = this.dice.oneIn(5) ? [] : this.block(inner, depth - 1);
        const own = `s${this.unique()}`;
        if (this.dice.oneIn(4))
          body.push(
            line(`const ${own} = ${this.expressions.number(inner.place, 1)}; kept@.push(() => ${own});`),
          );
        const end = this.dice.oneIn(2) ? [line("break;")] : [];
        const label = test === "default" ? "default:" : `case ${test}:`;
        clauses.push({ parts: [`${label} `, body] }, ...end);
      }
      parts.push(clauses);
      return { parts };
    });
  }

  private try(outer: Around, depth: number): Statement {
    const kind = this.dice.int(3);
    const around = { ...outer, ...(kind === 0 && !outer.givesUp ? { isInCatch: true } : { isInTry: true }) };
    const parts: (string | Statement[])[] = ["try ", this.block(around, depth - 1)];
    if (kind !== 1) {
      const caught = this.dice.pick(["", " (error)", " (error)", " ({ message: error = 5 })"]);
      const body = this.block(around, depth - 1);
      if (caught !== "") body.unshift(line(`L(@, ${this.expressions.mark()}, error);`));
      parts.push(` catch${caught} `, body);
    }
    if (kind !== 0) {
      const body = this.block(around, depth - 1);
      body.unshift(line(`L(@, ${this.expressions.mark()}, "finally");`));
      parts.push(" finally ", body);
    }
    return { parts };
  }

  private labelled(around: Around, depth: number): Statement {
    const name = `l${this.unique()}`;
    const isLoop = this.dice.oneIn(2);
    const inner = { ...around, labels: [...around.labels, { name, isLoop }] };
    if (!isLoop) return { parts: [`${name}: `, this.block(inner, depth - 1)] };
    const loop = this.dice.pick([forLoop, forOfLoop, forInLoop])(this, inner, depth);
    return { parts: [`${name}: `, ...loop.parts] };
  }

  /** A future with a name, awaited again and again. */
  private namedFuture(around: Around, depth: number): Statement {
    const name = `tick${this.unique()}`;
    const mark = this.expressions.mark();
    const body = this.block(givingUp(around), depth - 1);
    body.unshift(line(`const ${name} = sleep(ms(${2 + 2 * this.dice.int(4)}));`));
    const use = this.dice.oneIn(2)
      ? `L(@, ${mark}, show(await select({ other: value@(1), ${name} })));`
      : `await ${name}; L(@, ${mark}, "tick");`;
    body.splice(1 + this.dice.int(body.length), 0, line(use));
    if (this.dice.oneIn(2)) body.push(line(`await ${name};`));
    return { parts: [body] };
  }
}
