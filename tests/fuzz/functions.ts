/** Random async functions: of the module, inside of others, recursive ones, and methods of classes. */
import { aroundOf, type Around, type Writer } from "./around.js";
import { line, type FuzzFunction, type Statement } from "./tree.js";

/** What a program declares before its `main`, and can call. */
export class Declared {
  readonly functions: FuzzFunction[] = [];
  readonly callees: string[] = [];
  readonly generators: string[] = [];

  around(): Around {
    return aroundOf(this.callees, this.generators);
  }
}

/** Parameters in random forms, and the statements of a function, which gives a number. */
function parametersAndBody(writer: Writer, around: Around, size: number): readonly [string, Statement[]] {
  const { dice, names, expressions } = writer;
  return names.inScope(() => {
    for (const name of ["p", "q", "r"]) names.hide(name);
    const p = names.add("p", "number");
    const params = [p];
    const initial = dice.oneIn(2) ? expressions.leaf() : "7";
    params.push(`${names.add("q", "number")} = ${initial}`);
    if (dice.oneIn(2)) params.push(`{ q: ${names.add("r", "number")} = 3 } = { q: p }`);
    const body = names.inScope(() => [
      ...writer.body(around, size),
      line(`return ${expressions.number(around.place, 2)};`),
    ]);
    return [params.join(", "), body];
  });
}

/** An async function of the module, or a generator. */
export function addFunction(writer: Writer, declared: Declared, at: number): void {
  const { dice } = writer;
  const name = `${dice.pick(["f", "value_", "poll", "$make"])}${at}_@`;
  const isGenerator = dice.oneIn(3);
  const [list, body] = parametersAndBody(writer, { ...declared.around(), canYield: isGenerator }, 3);
  const isArrow = !isGenerator && dice.oneIn(4);
  const head = isArrow
    ? `const ${name} = async (${list}) =>`
    : `async function${isGenerator ? "*" : ""} ${name}(${list})`;
  declared.functions.push({ head, body });
  (isGenerator ? declared.generators : declared.callees).push(name);
}

/** How deep a recursive function may go, and the highest level that programs ask for. */
const DEPTH = 4;

/** A function that awaits itself, a level less each time; a depth too many is an error, E115. */
export function addRecursive(writer: Writer, declared: Declared): void {
  const { dice, names, expressions } = writer;
  const name = `again_@`;
  const around = declared.around();
  const body = names.inScope(() => {
    names.add("level", "constant");
    names.add("sum", "number");
    const again = (): string => `(await ${name}((level & 3) - 1, ${expressions.number(around.place, 1)}))`;
    const statements = names.inScope(() => {
      const before = writer.body(around, 2);
      const call = dice.pick([
        () => line(`sum = (sum + ${again()}) | 0;`),
        () => line(`L(@, ${expressions.mark()}, ${again()} ^ ${again()});`),
        (): Statement => ({
          parts: ["try ", [line(`sum ^= ${again()};`)], " finally ", writer.block(around, 1)],
        }),
        (): Statement => ({
          parts: [`for (const each of [1, ${expressions.leaf()}]) `, [line(`sum ^= each + ${again()};`)]],
        }),
      ])();
      return [...before, call, ...writer.body(around, 1)];
    });
    return [
      line("if (level <= 0) return L(@, 1, sum);"),
      ...statements,
      line(`return ${expressions.number(around.place, 1)};`),
    ];
  });
  declared.functions.push({
    head: `const ${name} = recursive(async function ${name}(level: number, sum = 1): Promise<number>`,
    body,
    tail: `, { depth: ${DEPTH} });`,
  });
  declared.callees.push(name);
}

/** Two classes of which one extends the other, with private fields, accessors, statics, generators, and calls of super. */
export function addClasses(writer: Writer, declared: Declared): void {
  const { dice, names, expressions } = writer;
  const methods = ["m0", "m1", "m2"].slice(0, 1 + dice.int(3));
  const hasGenerator = dice.oneIn(2);
  for (const [name, base] of [
    ["Base_@", null],
    ["Derived_@", "Base_@"],
  ] as const) {
    const members: Statement[] = [
      line("v; #own = 3; static count = 0; static { this.count++; }"),
      line(
        base === null
          ? "constructor(v) { this.v = v | 0; }"
          : "constructor(v) { super(v + 1); this.#own = v | 0; }",
      ),
      line(`get twice() { return (this.v * 2) & 255; } set twice(x) { this.#own = x & 255; }`),
    ];
    names.inScope(() => {
      for (const each of ["this.v", "this.#own", "this.twice"]) names.add(each, "number");
      names.add(`${name}.count`, "number");
      for (const [at, method] of methods.entries()) {
        if (base !== null && dice.oneIn(3)) continue;
        // A method calls those before it alone, or that of its base: no call comes back.
        const own = methods.slice(0, at).map((each) => `this.${each}`);
        const more = base === null ? own : [...own, `super.${method}`];
        const around = aroundOf([...declared.callees, ...more, ...more], declared.generators);
        const [list, body] = parametersAndBody(writer, around, 2);
        members.push({ parts: [`async ${method}(${list}) `, body] });
      }
      // One that may be another's is refused (C138).
      if (hasGenerator && base === null) {
        const callees = [...declared.callees, ...methods.map((each) => `this.${each}`)];
        const around = { ...aroundOf(callees, declared.generators), canYield: true };
        const [list, body] = parametersAndBody(writer, around, 2);
        members.push({ parts: [`async *items(${list}) `, body] });
      }
    });
    const [list, body] = parametersAndBody(writer, declared.around(), 1);
    if (base === null) members.push({ parts: [`static async shared(${list}) `, body] });
    const extended = base === null ? "" : ` extends ${base}`;
    declared.functions.push({ head: `class ${name}${extended}`, body: members });
  }
  const made = (): string =>
    dice.pick([
      () => `new Base_@(${expressions.leaf()})`,
      () => `new Derived_@(${expressions.leaf()})`,
      () => `(${expressions.leaf()} & 1 ? new Base_@(1) : new Derived_@(2))`,
    ])();
  for (const method of methods) declared.callees.push(`${made()}.${method}`);
  declared.callees.push("Derived_@.shared");
  if (hasGenerator) declared.generators.push(`${made()}.items`);
}

/** A function inside, which holds what it sees, and statements that may call it. */
export function innerFunction(writer: Writer, around: Around, depth: number): Statement {
  return writer.names.inScope(() => inner(writer, around, depth));
}

function inner(writer: Writer, around: Around, depth: number): Statement {
  const { dice } = writer;
  const name = `inner${writer.unique()}`;
  const { callees } = around.place;
  const isArrow = dice.oneIn(2);
  const own = aroundOf(
    isArrow ? callees : callees.filter((each) => !/^(this|super)\./.test(each)),
    around.generators,
  );
  const make = (): readonly [string, Statement[]] => parametersAndBody(writer, own, depth - 1);
  const [list, body] = isArrow ? make() : writer.names.withoutThis(make);
  const inside = { ...around, place: { ...around.place, callees: [...callees, name, name] } };
  const declaration: Statement = isArrow
    ? { parts: [`const ${name} = async (${list}) => `, body, ";"] }
    : { parts: [`async function ${name}(${list}) `, body] };
  // Nobody could await a future in a function that is not called.
  const call = line(`L(@, ${writer.expressions.mark()}, await ${name}(${writer.expressions.leaf()}));`);
  return { parts: [[declaration, ...writer.body(inside, depth - 1), call]] };
}
