/**
 * for-of and for-in that contain an await, or a jump to what surrounds them, and for await over a channel:
 *
 *   of an array            by index, since its iterator would be allocated
 *   of anything else       by its iterator, which is closed when the loop is left early; by index where the engine
 *                          has no iterators
 *   in an object           over a list of its keys; those that are deleted meanwhile are passed by
 *   await ... of channel   receives until the channel is closed; generators.ts has those of async generators
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { when } from "./branches.js";
import { openBoxes } from "./declarations.js";
import { makeBlock } from "./ir.js";
import { closeIterator, iteratorText } from "./iterators.js";
import { iteratorRounds, makeLoop, runBody, type Each } from "./loops.js";
import { assignTo } from "./patterns.js";
import { hasAwait, isUsing, unwrapped } from "../syntax.js";
import { withCleanup, withHandler } from "./try.js";
import { withResource } from "./using.js";

type Labels = readonly string[];

export function forOfLoop(b: Builder, node: ts.ForOfStatement, labels: Labels): void {
  const each = bodyOf(b, node, labels);
  const isCursor = b.plain !== null && (b.hasIterators || node.awaitModifier !== undefined);
  if (isCursor) cursorLoop(b, node, each);
  else itemsLoop(b, node.expression, each);
}

/** Goes over the items of `source`, an iterable. */
export function itemsLoop(b: Builder, source: ts.Expression, each: Each): void {
  if (b.program.isIndexed(source)) indexLoop(b, nameOrSlot(b, source), each);
  else if (b.hasIterators || isIterable(b, source)) iteratorLoop(b, source, each);
  else unknownLoop(b, source, each);
}

/** What a loop goes over: by its name, where that is a `const`. */
function nameOrSlot(b: Builder, source: ts.Expression): string {
  const name = unwrapped(source);
  const isConst = b.plain === null && ts.isIdentifier(name) && b.scopes.isStable(name);
  return isConst ? b.copier.text(name) : b.store(b.value(source), source);
}

/** Goes over `list`, which stays the same, by index. */
function indexLoop(b: Builder, list: string, each: Each, skip?: string): void {
  const loop = makeLoop();
  const index = b.store("0", "count");
  b.goto(loop.head);
  b.at(loop.head);
  b.branch(`${index} < ${list}.length`, loop.body, loop.exit);
  b.at(loop.body);
  const item = `${list}[${index}]`;
  if (skip !== undefined) {
    const present = makeBlock();
    b.branch(`${item} in ${skip}`, present, loop.again);
    b.at(present);
  }
  each(loop, item);
  b.at(loop.again);
  b.line(`${index}++;`);
  b.goto(loop.head);
  b.at(loop.exit);
}

/** What the types do not tell, on an engine whose own for-of knows arrays and texts. */
function unknownLoop(b: Builder, source: ts.Expression, each: Each): void {
  const list = b.store(b.value(source), source);
  b.line(`if (typeof ${list}.length !== "number") throw new TypeError("not iterable");`);
  indexLoop(b, list, each);
}

function iteratorLoop(b: Builder, source: ts.Expression, each: Each): void {
  const iterator = b.store(iteratorText(b, b.value(source)));
  const step = b.copier.reference(b.temporary());
  const isOpen = b.store("false", "flag");
  const rounds = iteratorRounds(b, step, isOpen, each, () => {
    b.line(`${step} = ${iterator}.next();`);
  });
  withCleanup(b, rounds, (code) => {
    closeIterator(b, iterator, isOpen, code);
  });
}

/** In a plain function: over any iterable, by a cursor of core/promises. */
function cursorLoop(b: Builder, node: ts.ForOfStatement, each: Each): void {
  const isAsync = node.awaitModifier !== undefined;
  const cursor = b.store(`${isAsync ? "$iterateAsync" : "$iterate"}(${b.value(node.expression)})`);
  const loop = makeLoop();
  const rounds = (): void => {
    b.goto(loop.head);
    b.at(loop.head);
    if (isAsync) pause(b, `${cursor}.next_()`, node);
    b.branch(isAsync ? `${cursor}.has_($t.value_)` : `${cursor}.step_()`, loop.body, loop.exit);
    b.at(loop.body);
    each(loop, `${cursor}.value_`);
    b.at(loop.again);
    b.goto(loop.head);
    b.at(loop.exit);
  };
  withCleanup(b, rounds, (code) => {
    if (isAsync) when(b, `${cursor}.closing_(${code})`, () => awaitClose(b, cursor, code, node));
    else b.line(`${cursor}.close_(${code});`);
  });
}

function pause(b: Builder, value: string, node: ts.Node): void {
  b.suspend((next) => ({ kind: "pause", how: "await", value, next }), node);
}

/** Awaits what closing gave. An error of the body is worth more than one of the iterator. */
function awaitClose(b: Builder, cursor: string, code: string, node: ts.Node): void {
  withHandler(
    b,
    () => {
      pause(b, `${cursor}.value_`, node);
      b.line(`${cursor}.closed_(${code}, $t.value_);`);
    },
    () => {
      b.line(`if (${code} !== 1) throw $t.value_;`);
    },
  );
}

export function forInLoop(b: Builder, node: ts.ForInStatement, labels: Labels): void {
  const object = b.store(b.value(node.expression), node.expression);
  const keys = b.store("[]");
  const key = b.copier.reference(b.temporary());
  b.line(`for (${key} in ${object}) ${keys}.push(${key});`);
  indexLoop(b, keys, bodyOf(b, node, labels), `Object(${object})`);
}

export function channelLoop(b: Builder, source: ts.Expression, each: Each): void {
  const channel = nameOrSlot(b, source);
  const loop = makeLoop();
  b.goto(loop.head);
  b.at(loop.head);
  b.suspend((next) => ({ kind: "leaf", start: `${channel}.receive();`, suspends: "perhaps", next }), source);
  const item = b.store("$take($t)");
  b.branch(`${item} === $CLOSED`, loop.exit, loop.body);
  b.at(loop.body);
  each(loop, item);
  b.at(loop.again);
  b.goto(loop.head);
  b.at(loop.exit);
}

/** The author's body of the loop `node`. */
export function bodyOf(b: Builder, node: ts.ForInOrOfStatement, labels: Labels): Each {
  const { initializer, statement } = node;
  const body = (): void => b.lower(statement);
  const isResource = ts.isVariableDeclarationList(initializer) && isUsing(initializer);
  const whole = isResource ? (): void => withResource(b, initializer.declarations[0]!, body) : body;
  return (loop, item) => {
    nextItem(b, initializer, item);
    runBody(b, loop, whole, labels);
  };
}

/** Gives the variable of the loop, fresh for each round, its value. */
function nextItem(b: Builder, target: ts.ForInitializer, item: string): void {
  if (hasAwait(target)) {
    const isDeclared = ts.isVariableDeclarationList(target);
    if (isDeclared) openBoxes(b, target);
    assignTo(b, isDeclared ? target.declarations[0]!.name : target, item);
    return;
  }
  if (!ts.isVariableDeclarationList(target)) {
    b.line(`(${b.copier.text(target)} = ${item});`);
    return;
  }
  openBoxes(b, target);
  const name = target.declarations[0]!.name;
  b.line(`${b.mark(name)}(${b.copier.pattern(name)} = ${item});`);
}

/** Whether `source` may be an object with an iterator, in a task on an engine without them. */
function isIterable(b: Builder, source: ts.Expression): boolean {
  return b.plain === null && !b.program.isText(source) && !b.program.isAny(source);
}
