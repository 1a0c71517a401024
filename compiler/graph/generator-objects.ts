/**
 * Objects of compiled async generators, made where no loop goes over the call, and loops over what may be one:
 *
 *   const it = f(a)                       $generator(makes frames of f, puts arguments into one, [a])
 *   for await (const x of it) body        rounds: is it an object of ours? resume its frame : await its promise
 *   await it.next()                       one round
 *
 * A loop that is left early closes what it goes over, as in generators.ts. A frame is made for each object, when its first
 * item is asked for (core/flow/generator-object.ts).
 */
import ts from "typescript";
import type { Awaited, Builder } from "./builder.js";
import { branches, when } from "./branches.js";
import { promised } from "./async-iterations.js";
import { hiddenOf } from "./compiled-calls.js";
import { makeBlock } from "./ir.js";
import { makeLoop, type Each, type Loop } from "./loops.js";
import { asyncTargetOf } from "../find/targets.js";
import { parametersOf, unwrapped, usesArguments, type AsyncNode } from "../syntax.js";
import { keepingErrors, withCleanup } from "./try.js";

/** The object that `call` makes; undefined for calls of what is no compiled generator. */
export function generatorText(b: Builder, call: ts.CallExpression): string | undefined {
  const target = asyncTargetOf(b.program, call);
  if (target?.asteriskToken === undefined || !b.functions.has(target)) return undefined;
  const number = b.madeOf(target, call.expression);
  return `${b.storage.make(number)}${listText(b, call, target)})`;
}

/** A list of the arguments of `call` as the frame of `target` takes them, in one expression. */
function listText(b: Builder, call: ts.CallExpression, target: AsyncNode): string {
  const hidden = hiddenOf(b, call, target);
  const given = call.arguments.map((each) => b.copier.text(each));
  const isListed = usesArguments(target);
  const parameters = parametersOf(target);
  const rest = parameters.findIndex((each) => each.dotDotDotToken !== undefined);
  if (!isListed && rest < 0) return `[${[...hidden, ...given].join(", ")}]`;
  const own = parameters.map((_, i) => (i === rest ? `$a.slice(${i})` : `$a[${i}]`));
  const arranged = `((...$a: any) => [${[...(isListed ? ["$a"] : []), ...own].join(", ")}])(${given.join(", ")})`;
  return hidden.length === 0 ? arranged : `[${hidden.join(", ")}].concat(${arranged})`;
}

/** What `items`, a name, is at run time. */
function isOwn(items: string): string {
  return `${items} instanceof $GeneratorObject`;
}

/** Goes over `source`, which may be an object of ours; `result`, a name, gets what it returns. */
export function objectLoop(b: Builder, source: ts.Expression, each: Each, result: string | null): void {
  b.usesObjects = true;
  const items = b.store(`$itemsOf(${b.value(source)})`);
  const item = b.copier.reference(b.temporary());
  const isOpen = b.store("false", "flag");
  if (result !== null) b.line(`${result} = undefined;`);
  const rounds = (): void => {
    const loop = makeLoop();
    b.goto(loop.head);
    b.at(loop.head);
    const end = (value: string): void => {
      if (result !== null) b.line(`${result} = ${value};`);
      b.goto(loop.exit);
    };
    branches(
      b,
      isOwn(items),
      () => ownItem(b, { items, item, source }, loop, end),
      () => promisedItem(b, { items, item, source }, end),
    );
    b.goto(loop.body);
    b.at(loop.body);
    b.line(`${isOpen} = true;`);
    each(loop, item);
    b.at(loop.again);
    b.line(`${isOpen} = false;`);
    b.goto(loop.head);
    b.at(loop.exit);
  };
  withCleanup(b, rounds, (code, error) => {
    when(b, isOpen, () => {
      keepingErrors(b, () => closeAny(b, items, source), `${code} === 1 ? ${error} : $t.value_`);
    });
  });
}

/** What a loop goes over, and what it puts items into. */
interface Place {
  readonly items: string;
  readonly item: string;
  readonly source: ts.Expression;
}

function ownItem(b: Builder, { items, item, source }: Place, loop: Loop, end: (value: string) => void): void {
  const fresh = makeBlock();
  b.branch(`${items}.isOver_`, loop.exit, fresh);
  b.at(fresh);
  ask(b, items, source);
  b.line(`${item} = $t.value_;`);
  endIf(b, `${items}.ends_(${item})`, () => end(`${item}.value_`));
}

function promisedItem(b: Builder, { items, item, source }: Place, end: (value: string) => void): void {
  promised(b, `${items}.next()`, source);
  b.line(`${item} = $take($t);`);
  endIf(b, `${item}.done`, () => end(`${item}.value`));
  b.line(`${item} = ${item}.value;`);
}

/** Leaves by `end` where `test` holds. */
function endIf(b: Builder, test: string, end: () => void): void {
  const [over, more] = [makeBlock(), makeBlock()];
  b.branch(test, over, more);
  b.at(over);
  end();
  b.at(more);
}

function ask(b: Builder, object: string, node: ts.Node): void {
  b.suspend((next) => ({ kind: "ask", object, next }), node);
}

/** Lets what `items` goes over run its `finally` blocks. */
function closeAny(b: Builder, items: string, node: ts.Node): void {
  const closeOwn = (): void => when(b, `!${items}.isOver_`, () => closeObject(b, items, node));
  const closeOther = (): void =>
    when(b, `${items}.return`, () => {
      promised(b, `${items}.return()`, node);
      b.line("$take($t);");
    });
  branches(b, isOwn(items), closeOwn, closeOther);
}

function closeObject(b: Builder, object: string, node: ts.Node): void {
  b.line(`$t.how_ = ${CLOSING};`);
  ask(b, object, node);
}

/** What `$t.how_` is when a generator is resumed only to end: the completion code of a return. */
export const CLOSING = "2";

/** The method that `operand` calls of what may be an object of ours: `it.next()` or `it.return(value)`. */
export function stepOf(b: Builder, operand: ts.Expression): "next" | "return" | undefined {
  const call = unwrapped(operand);
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { name, expression } = call.expression;
  if ((name.text !== "next" && name.text !== "return") || !b.program.hasGeneratorObjects) return undefined;
  return b.program.isAsyncGenerator(expression) ? name.text : undefined;
}

/** Awaits the step that `call` asks of what may be an object of ours. */
export function awaitedStep(b: Builder, call: ts.CallExpression, how: "next" | "return"): Awaited {
  b.usesObjects = true;
  const callee = call.expression as ts.PropertyAccessExpression;
  const items = b.store(b.value(callee.expression));
  const args = call.arguments.map((each) => b.store(b.value(each)));
  const step = b.copier.reference(b.temporary());
  const given = how === "return" ? (args[0] ?? "undefined") : "undefined";
  const askOwn = (): void => {
    b.line(`${step} = { value: ${given}, done: true };`);
    when(b, `!${items}.${how === "next" ? "isOver_" : "isIdle_()"}`, () => {
      if (how === "return") closeObject(b, items, call);
      else {
        ask(b, items, call);
        b.line(`${step} = ${items}.step_($t.value_);`);
      }
    });
  };
  const askOther = (): void => {
    promised(b, `${items}.${how}(${args.join(", ")})`, call);
    b.line(`${step} = $take($t);`);
  };
  branches(b, isOwn(items), askOwn, askOther);
  return { value: step, isTaken: false };
}
