/** Random loops: over counters, lists, keys, iterables of the engine, generators, and async generators. */
import { inClosedLoop, inLoop, type Around, type Writer } from "./around.js";
import { line, type Statement } from "./tree.js";

type Make = (writer: Writer, around: Around, depth: number) => Statement;

export const forLoop: Make = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { dice, names, expressions } = writer;
    const name = names.add(names.fresh(), "counter");
    const closure = dice.oneIn(4) ? `, g = () => ${name}` : "";
    const test = dice.oneIn(3)
      ? `L(@, ${expressions.mark()}, ${name}) < 2 && ${expressions.test(around.place, 1)}`
      : `${name} < 3`;
    const step = dice.oneIn(3) ? `${name}++, ${expressions.number(around.place, 1)}` : `${name}++`;
    const body = writer.block(inLoop(around), depth - 1);
    if (closure !== "") body.push(line(`kept@.push(g);`));
    return { parts: [`for (let ${name} = 0${closure}; ${test}; ${step}) `, body] };
  });

export const forOfLoop: Make = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { dice, names, expressions } = writer;
    const name = names.fresh();
    const number = (size = 1): string => expressions.number(around.place, size);
    const [head, isPattern] = dice.pick<() => readonly [string, boolean]>([
      () => [`let ${name} of (${expressions.array()}).slice(0, 3)`, false],
      () => [`let ${name} of ([${number()}, 8]).slice(0, 3)`, false],
      () => [`let [${name} = ${number()}] of [[${dice.int(5)}], []] as number[][]`, true],
      () => [`let { x: ${name} = ${number()} } of [{ x: ${number()} }, {}] as { x?: number }[]`, true],
      () => [`const ${name} of upTo@(${number()})`, false],
      () => [`const ${name} of new Set([${number()}, ${number()}])`, false],
      () => [`const [, ${name}] of new Map([[1, ${number()}], [2, ${number()}]])`, true],
    ])();
    names.add(name, head.startsWith("const") ? "constant" : "number");
    const body = writer.block(inClosedLoop(around), depth - 1);
    if (!isPattern && dice.oneIn(4)) body.push(line(`kept@.push(() => ${name});`));
    return { parts: [`for (${head}) `, body] };
  });

export const forInLoop: Make = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { names, expressions } = writer;
    const name = `key${writer.unique()}`;
    const object = names.use("object") ?? "spareObject@";
    const body = writer.block(inLoop(around), depth - 1);
    body.unshift(line(`L(@, ${expressions.mark()}, ${name}); kept@.push(() => ${name}.length);`));
    return { parts: [`for (const ${name} in ${object}) `, body] };
  });

export function generatorCall({ dice, expressions }: Writer, around: Around): string {
  return `${dice.pick(around.generators)}(${expressions.number(around.place, 1)})`;
}

export const forAwaitLoop: Make = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { names } = writer;
    const name = names.fresh();
    const call = generatorCall(writer, around);
    names.add(name, "number");
    // TypeScript's lowering declares the variable in the block: it cannot be declared there once more.
    const body = writer.body(inClosedLoop(around), depth - 1);
    return { parts: [`for await (let ${name} of ${call}) `, body] };
  });

export const whileLoop: Make = (writer, around, depth) =>
  writer.names.inScope(() => {
    const { dice, names, expressions } = writer;
    const count = `w${writer.unique()}`;
    names.add(count, "counter");
    const test = dice.oneIn(2) ? `${count}++ < 2` : `${count}++ < 2 && ${expressions.test(around.place, 1)}`;
    const body = writer.block(inLoop(around), depth - 1);
    const loop: Statement["parts"] = dice.oneIn(2)
      ? [`while (${test}) `, body]
      : ["do ", body, ` while (${test});`];
    return { parts: [[line(`let ${count} = 0;`), { parts: loop }]] };
  });
