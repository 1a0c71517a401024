/** Random programs: statements of all kinds around awaits. The same seed gives the same program. */
import { random } from "../../targets/sim/random.js";
import { PRELUDE, type Around } from "./around.js";
import { Expressions, type Dice } from "./expressions.js";
import { Names } from "./names.js";
import { race } from "./races.js";
import { ValueUses } from "./values.js";
import { line, type FuzzFunction, type FuzzProgram, type Statement } from "./tree.js";

export function generate(seed: number, isTimed = false): FuzzProgram {
  return new Generator(seed, isTimed).program();
}

class Generator {
  private readonly dice: Dice;
  private readonly names: Names;
  private readonly expressions: Expressions;
  private readonly values: ValueUses;
  private labelCount = 0;
  private budget = 0;

  constructor(
    private readonly seed: number,
    private readonly isTimed: boolean,
  ) {
    const next = random(seed);
    const int = (below: number): number => Math.floor(next() * below);
    this.dice = { int, oneIn: (count) => int(count) === 0, pick: (from) => from[int(from.length)]! };
    this.names = new Names((from) => this.dice.pick(from));
    this.expressions = new Expressions(this.dice, this.names);
    this.values = new ValueUses(this.dice, this.expressions, this.names);
  }

  program(): FuzzProgram {
    const functions: FuzzFunction[] = [];
    const callees: string[] = [];
    const generators: string[] = [];
    for (let i = this.dice.int(4); i > 0; i--) {
      const name = `${this.dice.pick(["f", "value_", "poll", "$make"])}${i}_@`;
      const isGenerator = this.dice.oneIn(3);
      functions.push(this.helper(name, { ...this.around(callees, generators), canYield: isGenerator }));
      (isGenerator ? generators : callees).push(name);
    }
    this.budget = 30;
    const body = this.names.inScope(() => this.body(this.around(callees, generators), 4));
    functions.push({ head: "async function main@()", body });
    return { seed: this.seed, functions, prelude: PRELUDE, isTimed: this.isTimed };
  }

  private around(callees: readonly string[], generators: readonly string[]): Around {
    const place = { canAwait: true, callees: [...callees] };
    return {
      place,
      generators: [...generators],
      canYield: false,
      loops: 0,
      labels: [],
      canBreak: false,
      canContinue: false,
      canReturn: true,
      isInTry: false,
    };
  }

  private helper(name: string, around: Around): FuzzFunction {
    return this.names.inScope(() => {
      const p = this.names.add("p", "number");
      const params = [p];
      const initial = this.dice.oneIn(2) ? this.expressions.leaf() : "7";
      params.push(`${this.names.add("q", "number")} = ${initial}`);
      if (this.dice.oneIn(2)) params.push(`{ q: ${this.names.add("r", "number")} = 3 } = { q: p }`);
      this.budget = 10;
      const body = this.names.inScope(() => [
        ...this.body(around, 3),
        line(`return ${this.expressions.number(around.place, 2)};`),
      ]);
      const list = params.join(", ");
      if (around.canYield) return { head: `async function* ${name}(${list})`, body };
      const isArrow = this.dice.oneIn(4);
      return {
        head: isArrow ? `const ${name} = async (${list}) =>` : `async function ${name}(${list})`,
        body,
      };
    });
  }

  /** Statements of a scope that is open already. */
  private body(around: Around, depth: number): Statement[] {
    const statements: Statement[] = [];
    const hoisted = this.dice.oneIn(6) ? this.hoisted(around) : undefined;
    for (let i = 1 + this.dice.int(4); i > 0 && this.budget > 0; i--)
      statements.push(this.statement(around, depth));
    if (hoisted !== undefined) statements.splice(this.dice.int(statements.length + 1), 0, hoisted);
    return statements;
  }

  private block(around: Around, depth: number): Statement[] {
    return this.names.inScope(() => this.body(around, depth));
  }

  private hoisted(around: Around): Statement {
    const name = this.names.fresh();
    const text = this.closureBody("z", around);
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
      () => line("await yieldNow();"),
      () => line(`await sleep(ms(${2 * this.dice.int(3)}));`),
      () => line(`kept@.push(() => ${this.closureBody(null, around)});`),
      () => line(`for (const k of kept@.slice(-3)) L(@, ${this.expressions.mark()}, k());`),
      () => this.values.statement(place, this.labelCount++),
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
      () => this.forLoop(around, depth),
      () => this.forOfLoop(around, depth),
      () => this.scopeWithResources(around, depth),
      ...(around.generators.length > 0 ? [() => this.forAwaitLoop(around, depth)] : []),
      () => this.whileLoop(around, depth),
      () => this.switch(around, depth),
      () => this.try(around, depth),
      () => this.try(around, depth),
      () => this.labelled(around, depth),
      () => ({ parts: [this.block(around, depth - 1)] }),
      ...(this.isTimed ? this.timed(around, depth) : []),
    ])();
  }

  private timed(around: Around, depth: number): (() => Statement)[] {
    const raced = (): Statement => race(this.dice, this.expressions, this.values, around.place);
    return [raced, raced, () => this.namedFuture(around, depth)];
  }

  private declaration(around: Around): Statement {
    const e = (size = 2): string => this.expressions.number(around.place, size);
    const name = this.names.fresh();
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
      () => declare(`const ${name} = function (z) { return ${this.closureBody("z", around)}; };`, "function"),
      () =>
        declare(`let { x: ${name} = ${this.expressions.leaf()} } = ${this.expressions.object()};`, "number"),
      () => declare(`let [, ${name} = 4] = [${e()}, ${e()}];`, "number"),
      () =>
        declare(
          `const ${name} = class { get(n) { return (n + ${this.closureBody("n", around)}) | 0; } }.prototype.get;`,
          "function",
        ),
    ])();
  }

  private exit(around: Around): Statement {
    const choices = [() => line(`throw ${this.expressions.number(around.place, 1)};`)];
    const jump = (word: string) => (): Statement => line(`${word};`);
    if (around.canBreak) choices.push(jump("break"), jump("break"));
    if (around.canContinue) choices.push(jump("continue"), jump("continue"));
    if (around.canReturn) {
      const { place } = around;
      choices.push(() => line(`return ${this.expressions.number(place, 2)};`));
      const word = around.isInTry ? "return await" : "return";
      choices.push(() => line(`${word} value@(${this.expressions.number(place, 1)});`));
      if (!around.isInTry) {
        const call = (): string => `value@(${this.expressions.number(place, 1)})`;
        choices.push(
          () =>
            line(
              `return ${this.expressions.number(place, 1)} ${this.dice.pick(["||", "&&", "??"])} ${call()};`,
            ),
          () =>
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

  private inLoop(around: Around): Around {
    return { ...around, loops: around.loops + 1, canBreak: true, canContinue: true };
  }

  private forLoop(around: Around, depth: number): Statement {
    return this.names.inScope(() => {
      const name = this.names.add(this.names.fresh(), "counter");
      const closure = this.dice.oneIn(4) ? `, g = () => ${name}` : "";
      const test = this.dice.oneIn(3)
        ? `L(@, ${this.expressions.mark()}, ${name}) < 2 && ${this.expressions.test(around.place, 1)}`
        : `${name} < 3`;
      const step = this.dice.oneIn(3)
        ? `${name}++, ${this.expressions.number(around.place, 1)}`
        : `${name}++`;
      const body = this.block(this.inLoop(around), depth - 1);
      if (closure !== "") body.push(line(`kept@.push(g);`));
      return { parts: [`for (let ${name} = 0${closure}; ${test}; ${step}) `, body] };
    });
  }

  private forOfLoop(around: Around, depth: number): Statement {
    return this.names.inScope(() => {
      const name = this.names.fresh();
      const array = this.dice.oneIn(2)
        ? this.expressions.array()
        : `[${this.expressions.number(around.place, 1)}, 8]`;
      const isPattern = this.dice.oneIn(4);
      this.names.add(name, "number");
      const body = this.block(this.inLoop(around), depth - 1);
      if (isPattern)
        return { parts: [`for (let [${name} = 2] of [[${this.dice.int(5)}], []] as number[][]) `, body] };
      return { parts: [`for (let ${name} of (${array}).slice(0, 3)) `, body] };
    });
  }

  private generatorCall(around: Around): string {
    return `${this.dice.pick(around.generators)}(${this.expressions.number(around.place, 1)})`;
  }

  private forAwaitLoop(around: Around, depth: number): Statement {
    return this.names.inScope(() => {
      const name = this.names.fresh();
      const call = this.generatorCall(around);
      this.names.add(name, "number");
      // TypeScript's lowering declares the variable in the block: it cannot be declared there once more.
      const body = this.body(this.inLoop(around), depth - 1);
      return { parts: [`for await (let ${name} of ${call}) `, body] };
    });
  }

  /** What another generator, or a list, has to give. */
  private delegation(around: Around): Statement {
    const mark = this.expressions.mark();
    if (around.generators.length === 0)
      return line(`yield* [${this.expressions.number(around.place, 1)}, 4];`);
    return line(`L(@, ${mark}, yield* ${this.generatorCall(around)});`);
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
        body.push(line(`${word} held${this.labelCount++}: ${type} = ${held};`));
      }
      return { parts: [[...body, ...this.body({ ...around, isInTry: true }, depth - 1)]] };
    });
  }

  private whileLoop(around: Around, depth: number): Statement {
    return this.names.inScope(() => {
      const count = `w${this.labelCount++}`;
      this.names.add(count, "counter");
      const inner = this.inLoop(around);
      const test = this.dice.oneIn(2)
        ? `${count}++ < 2`
        : `${count}++ < 2 && ${this.expressions.test(around.place, 1)}`;
      const body = this.block(inner, depth - 1);
      const loop: Statement["parts"] = this.dice.oneIn(2)
        ? [`while (${test}) `, body]
        : ["do ", body, ` while (${test});`];
      return { parts: [[line(`let ${count} = 0;`), { parts: loop }]] };
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
        const own = `s${this.labelCount++}`;
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
    const around = { ...outer, isInTry: true };
    const parts: (string | Statement[])[] = ["try ", this.block(around, depth - 1)];
    const kind = this.dice.int(3);
    if (kind !== 1) {
      const name = this.dice.oneIn(4) ? "" : "error";
      const body = this.block(around, depth - 1);
      if (name !== "") body.unshift(line(`L(@, ${this.expressions.mark()}, error);`));
      parts.push(name === "" ? " catch " : ` catch (${name}) `, body);
    }
    if (kind !== 0) {
      const body = this.block(around, depth - 1);
      body.unshift(line(`L(@, ${this.expressions.mark()}, "finally");`));
      parts.push(" finally ", body);
    }
    return { parts };
  }

  private labelled(around: Around, depth: number): Statement {
    const name = `l${this.labelCount++}`;
    const isLoop = this.dice.oneIn(2);
    const inner = { ...around, labels: [...around.labels, { name, isLoop }] };
    if (!isLoop) return { parts: [`${name}: `, this.block(inner, depth - 1)] };
    const loop = this.dice.oneIn(2) ? this.forLoop(inner, depth) : this.forOfLoop(inner, depth);
    return { parts: [`${name}: `, ...loop.parts] };
  }

  /** A future with a name, awaited again and again. */
  private namedFuture(around: Around, depth: number): Statement {
    const name = `tick${this.labelCount++}`;
    const mark = this.expressions.mark();
    const body = this.block(around, depth - 1);
    body.unshift(line(`const ${name} = sleep(ms(${2 + 2 * this.dice.int(4)}));`));
    const use = this.dice.oneIn(2)
      ? `L(@, ${mark}, show(await select({ other: value@(1), ${name} })));`
      : `await ${name}; L(@, ${mark}, "tick");`;
    body.splice(1 + this.dice.int(body.length), 0, line(use));
    if (this.dice.oneIn(2)) body.push(line(`await ${name};`));
    return { parts: [body] };
  }
}
