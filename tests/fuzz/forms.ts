/** Random statements of rarer forms: classes, enums and generators inside, names used too early, iterables by hand, resources of loops. */
import type { Around, Writer } from "./around.js";
import { inClosedLoop, inLoop } from "./around.js";
import { line, type Statement } from "./tree.js";

type Form = (writer: Writer, around: Around, depth: number) => Statement;

/** Things of all programs. What the iterator throws at its end, or when it is closed, is known by its number. */
export const FORMS = `function odd@(n: number) {
  let i = 0;
  const iterator = {
    next() { if (n === 3 && i === 1) throw "next"; return i < 3 ? { done: false, value: i++ } : { done: true, value: n }; },
    return() { L(@, n, "returned"); if (n === 2) throw "return"; return {}; },
  };
  return { [Symbol.iterator]: () => iterator };
}
class Tags@ { base; constructor(n) { this.base = n | 0; } sum(strings, ...all) { return all.reduce((s, x) => (s + x) | 0, this.base); } }
async function class@() { await yieldNow(); return Box; }`;

/** Numbers of iterators of \`odd\`. */
const ODD = 5;

function log({ expressions }: Writer, text: string): Statement {
  return line(`L(@, ${expressions.mark()}, ${text});`);
}

/** A number without an await. */
function plain({ expressions }: Writer, around: Around, size = 1): string {
  return expressions.number({ ...around.place, canAwait: false }, size);
}

function number({ expressions }: Writer, around: Around, size = 1): string {
  return expressions.number(around.place, size);
}

/** A variable that a closure reads before it is there, and behind. */
const early: Form = (writer, around, depth) =>
  writer.names.inScope(() => {
    if (writer.isHeedless) return labelledLoop(writer, around, depth);
    const { dice } = writer;
    const name = `early${writer.unique()}`;
    const word = dice.pick(["let", "const"]);
    const declared = dice.pick([
      () => `${word} ${name} = ${number(writer, around)};`,
      () => `${word} [${name} = ${number(writer, around)}] = [${number(writer, around)}];`,
      () => `${word} { x: ${name} } = { x: ${number(writer, around)} };`,
    ])();
    const attempt = log(writer, dice.oneIn(3) ? `(await value@(1), get${name}())` : `get${name}()`);
    return {
      parts: [
        [
          line(`const get${name} = () => ${name};`),
          { parts: ["try ", [attempt], " catch (error) ", [log(writer, "error.name")]] },
          line(declared),
          log(writer, `get${name}()`),
        ],
      ],
    };
  });

/** A class that holds what it sees; its base and its keys may wait. */
const innerClass: Form = (writer, around) =>
  writer.names.inScope(() => {
    const { dice, names } = writer;
    const name = `Inner${writer.unique()}`;
    const base = dice.pick(["", " extends Box", " extends (await class@())"]);
    // TypeScript's lowering leaves an await in a key as it is.
    const inKey = writer.isTimed ? plain(writer, around) : number(writer, around);
    const key = dice.oneIn(2) ? `[\`k\${${inKey} & 1}\`]` : "k";
    const inside = (): string => names.withoutThis(() => plain(writer, around));
    const isDerived = base !== "";
    const members = [
      line(`#mine = ${inside()}; ${key} = ${inside()}; static made = ${inside()};`),
      line(`static { L(@, ${writer.expressions.mark()}, ${inside()}); }`),
      line(`constructor(n) { ${isDerived ? "super(n);" : ""} this.#mine = (this.#mine + n) | 0; }`),
      line(`#mixed(n) { return (n ^ this.#mine) | 0; }`),
      line(`get(n) { return (this.#mixed(n) + ${isDerived ? "super.get(n)" : inside()}) | 0; }`),
      line(`get own() { return this.#mine; } set own(n) { this.#mine = n & 255; }`),
    ];
    const made = `new ${name}(${number(writer, around)})`;
    const object = `object${writer.unique()}`;
    return {
      parts: [
        [
          { parts: [`class ${name}${base} `, members] },
          line(`const ${object} = ${made};`),
          log(writer, `${object}.get(${number(writer, around)})`),
          log(
            writer,
            `(${object}.own ${dice.pick(["=", "+=", "^="])} ${number(writer, around)}, ${object}.own)`,
          ),
          log(writer, `(${name}.made + (${object}.k ?? 1)) | 0`),
        ],
      ],
    };
  });

const innerEnum: Form = (writer, around) => {
  const name = `Enum${writer.unique()}`;
  return {
    parts: [
      [
        line(`enum ${name} { A, B = 4, C }`),
        log(writer, `${name}[${number(writer, around)} & 1] ?? ${name}.${writer.dice.pick(["A", "C"])}`),
      ],
    ],
  };
};

/** A generator of the engine that holds what it sees. */
const innerGenerator: Form = (writer, around, depth) =>
  writer.names.inScope(() => {
    const name = `each${writer.unique()}`;
    const item = writer.names.fresh();
    const text = writer.names.withoutThis(() => [plain(writer, around), plain(writer, around)]);
    const made = `function* ${name}(n) { try { yield n; yield* [${text[0]!}, ${text[1]!}]; } finally { L(@, ${writer.expressions.mark()}, "closed"); } }`;
    const first = number(writer, around);
    writer.names.add(item, "number");
    const body = writer.block(inClosedLoop(around), depth - 1);
    return { parts: [[line(made), { parts: [`for (let ${item} of ${name}(${first})) `, body] }]] };
  });

/** An iterable by hand, whose iterator may throw, in a loop or a pattern. */
const oddIterable: Form = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { dice } = writer;
    const name = writer.names.fresh();
    const odd = `odd@(${dice.int(ODD)})`;
    if (dice.oneIn(2)) {
      const pattern = dice.pick([
        () => `[${name} = ${number(writer, around)}]`,
        () => `[, ${name} = ${number(writer, around)}]`,
        () => `[, , , ${name} = ${number(writer, around)}]`,
        () => `[, ...[, ${name} = ${number(writer, around)}]]`,
      ])();
      writer.names.add(name, "number");
      const rest = writer.body(around, depth - 1);
      return { parts: [[line(`let ${pattern} = ${odd};`), ...rest]] };
    }
    writer.names.add(name, "number");
    return { parts: [`for (let ${name} of ${odd}) `, writer.block(inClosedLoop(around), depth - 1)] };
  });

/** A loop whose rounds are given to a place that is there already. */
const assigningLoop: Form = (writer, around, depth) => {
  const target = writer.names.use("number") ?? "spareObject@.x";
  const head = writer.dice.pick([
    () => `${target} of [${number(writer, around)}, 2]`,
    () => `[${target}, spareObject@.y = ${number(writer, around)}] of [[${number(writer, around)}], [1, 2]]`,
    () => `spare@[${number(writer, around)} & 1] of [${number(writer, around)}, 3]`,
    () => `{ x: ${target} = ${number(writer, around)} } of [{}, { x: ${number(writer, around)} }]`,
  ])();
  return { parts: [`for (${head}) `, writer.block(inClosedLoop(around), depth - 1)] };
};

/** A resource for each round, or for the whole loop. */
const resourceLoop: Form = (writer, around, depth) => {
  const { dice, expressions } = writer;
  const [word, type] = dice.pick([
    ["using", "Held"],
    ["await using", "SlowlyHeld"],
  ] as const);
  const name = `held${writer.unique()}`;
  const made = (): string => `new ${type}(@, ${expressions.mark()}, ${number(writer, around)})`;
  const body = writer.block(inClosedLoop(around), depth - 1);
  return { parts: [`for (${word} ${name} of [${made()}, ${made()}] as ${type}[]) `, body] };
};

/** A name of one clause that the next one, to which it falls through, sees. A jump past it is for functions of tasks alone. */
const switchScope: Form = (writer, around) =>
  writer.names.inScope(() => {
    const name = `s${writer.unique()}`;
    const clauses = [
      line(`case 0: let ${name} = ${number(writer, around)};`),
      line(`case 7: ${name} = ${number(writer, around)};`),
      ...(writer.dice.oneIn(2) ? [line("break;")] : []),
      log(writer, name),
    ];
    clauses.splice(
      writer.dice.oneIn(2) ? 0 : clauses.length,
      0,
      line(`default: L(@, ${writer.expressions.mark()}, "default");`),
    );
    const whole: Statement = { parts: [`switch (${number(writer, around)} & 3) `, clauses] };
    return { parts: ["try ", [whole], " catch (error) ", [log(writer, `error.name ?? error`)]] };
  });

/** An object with methods that wait, which hold what they see. */
const innerObject: Form = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { names } = writer;
    const at = writer.unique();
    // With a second parameter it is none of the values, which its body may run.
    const [name, wait] = [`object${at}`, `wait${at}`];
    const place = { ...around, place: { ...around.place, callees: [] } };
    const body = names.withoutThis(() =>
      names.inScope(() => {
        names.add("z", "number");
        return writer.block(
          {
            ...place,
            labels: [],
            canBreak: false,
            canContinue: false,
            canYield: false,
            takesTurns: false,
            loops: 0,
            isInTry: false,
            isInCatch: false,
            givesUp: false,
          },
          Math.min(1, depth - 1),
        );
      }),
    );
    const made: Statement = {
      parts: [
        `const ${name} = { n: ${number(writer, around)}, [\`key\${${number(writer, around)} & 1}\`]: 3, get twice() { return (this.n * 2) & 255; }, async ${wait}(z, step) `,
        [...body, line("return (this.n + z + step) | 0;")],
        " };",
      ],
    };
    return {
      parts: [
        [
          made,
          log(writer, `await ${name}.${wait}(${number(writer, around)}, 1)`),
          log(writer, `await ${name}.${wait}(${number(writer, around)}, ${number(writer, around)})`),
          log(writer, `(${name}.twice + (${name}.key1 ?? 1)) | 0`),
        ],
      ],
    };
  });

/** A list of what functions are given, by its name or as the rest. */
const variadic: Form = (writer, around) =>
  writer.names.inScope(() => {
    const { names, dice } = writer;
    const name = `all${writer.unique()}`;
    const isRest = dice.oneIn(2);
    const list = isRest ? "more" : "arguments";
    const text = names.withoutThis(() =>
      number(writer, { ...around, place: { ...around.place, callees: [] } }),
    );
    const made = `async function ${name}(${isRest ? "p, ...more" : "p"}) { p = ${text}; await yieldNow(); return (${list}.length + ${list}[0] + p) | 0; }`;
    const given = [number(writer, around), number(writer, around), number(writer, around)];
    const args = dice.oneIn(2) ? given.join(", ") : `...[${given.slice(0, 2).join(", ")}], ${given[2]!}`;
    return { parts: [[line(made), log(writer, `await ${name}(${args})`)]] };
  });

/** A loop that is left and gone on with by its label, from inside of another. */
const labelledLoop: Form = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { names, dice } = writer;
    const [label, count] = [`l${writer.unique()}`, `w${writer.unique()}`];
    names.add(count, "counter");
    const inner = inLoop({ ...around, labels: [...around.labels, { name: label, isLoop: true }] });
    const body = writer.block(inner, depth - 1);
    const head = dice.oneIn(2)
      ? [`${label}: while (${count}++ < 3) `, body]
      : [`${label}: do `, body, ` while (${count}++ < 2);`];
    return { parts: [[line(`let ${count} = 0;`), { parts: head }]] };
  });

const FORM_LIST: readonly Form[] = [
  early,
  innerClass,
  innerEnum,
  innerGenerator,
  oddIterable,
  assigningLoop,
  resourceLoop,
  switchScope,
  innerObject,
  variadic,
  labelledLoop,
];

export function rareForm(writer: Writer, around: Around, depth: number): Statement {
  return writer.dice.pick(FORM_LIST)(writer, around, depth);
}
