/**
 * Async generators: a frame of the loop that goes over them, which is entered anew for each item.
 *
 *   for await (const x of f(a)) body        f's frame <- a; rounds: resume f; is it over? exit : x = item; body
 *   yield v                                 hand v over to the loop, and go on here when it asks for the next one
 *   yield* f(a), yield* list                a loop that hands over each item
 *
 * A loop that is left early, in whichever way, resumes the generator once more, closing: its `yield` is a return then,
 * so that its `finally` blocks run, and may wait. One that waits itself when its task is cancelled is cancelled by its
 * own handlers, before those of the loop.
 */
import ts from "typescript";
import { when } from "./branches.js";
import { isAwaitable } from "./awaits.js";
import type { Builder } from "./builder.js";
import { argumentsOf } from "./compiled-calls.js";
import { makeBlock, type Callee } from "./ir.js";
import { asyncLoop } from "./async-iterations.js";
import { CLOSING, objectLoop } from "./generator-objects.js";
import { bodyOf, channelLoop, itemsLoop } from "./iterations.js";
import { makeLoop, type Each } from "./loops.js";
import { streamLoop } from "./streams.js";
import { hasUsing, unwrapped, walkOwn, type AsyncNode } from "../syntax.js";
import { stageOf } from "../find/streams.js";
import { iteratedBy } from "../find/targets.js";
import { keepingErrors, withCleanup } from "./try.js";

export function forAwaitLoop(b: Builder, node: ts.ForOfStatement, labels: readonly string[]): void {
  const { expression } = node;
  const each = bodyOf(b, node, labels);
  goOverAny(b, expression, each);
}

/** Goes over the items of `source`, each of which is awaited where it comes from an iterator. */
function goOverAny(b: Builder, source: ts.Expression, each: Each): void {
  const isOwn =
    b.program.isChannel(source) ||
    iteratedBy(b.program, source) !== undefined ||
    stageOf(b.program, unwrapped(source)) !== undefined;
  if (isOwn) goOver(b, source, each);
  else if (b.program.hasGeneratorObjects) objectLoop(b, source, each, null);
  else asyncLoop(b, source, each);
}

function goOver(b: Builder, source: ts.Expression, each: Each): void {
  const generator = iteratedBy(b.program, source)?.target;
  const node = unwrapped(source);
  if (stageOf(b.program, node) !== undefined)
    streamLoop(b, node as ts.CallExpression, each, (inner, eachInner) => {
      goOverAny(b, inner, eachInner);
    });
  else if (generator !== undefined) generatorLoop(b, source, generator, each);
  else if (b.program.isChannel(source)) channelLoop(b, source, each);
  else itemsLoop(b, source, each);
}

/** Goes over the items of the generator `target`, which `expression` begins. */
function generatorLoop(b: Builder, expression: ts.Expression, target: AsyncNode, each: Each): void {
  const source = unwrapped(expression);
  const callee = b.generator(target, source);
  const isCall = ts.isCallExpression(source) && iteratedBy(b.program, source)?.isCall === true;
  const args = isCall ? argumentsOf(b, source, target) : [b.value(expression)];
  b.line(`${b.mark(source)}${[b.storage.begin(callee.slot), ...args].join(", ")});`);
  const mayClean = needsClosing(b, target);
  const isOpen = mayClean ? b.store("false", "flag") : null;
  const rounds = (): void => itemLoop(b, callee, expression, isOpen, each);
  if (isOpen === null) rounds();
  else
    withCleanup(b, rounds, (code, error) => {
      when(b, isOpen, () => {
        close(b, callee, code, error, expression);
      });
    });
  b.freeGenerator(callee);
}

function itemLoop(b: Builder, callee: Callee, node: ts.Node, isOpen: string | null, each: Each): void {
  const loop = makeLoop();
  b.goto(loop.head);
  b.at(loop.head);
  b.suspend((next) => ({ kind: "resume", callee, next }), node);
  const item = b.store("$t.value_");
  b.branch(`${item} === $ENDED`, loop.exit, loop.body);
  b.at(loop.body);
  if (isOpen !== null) b.line(`${isOpen} = true;`);
  each(loop, item);
  b.at(loop.again);
  if (isOpen !== null) b.line(`${isOpen} = false;`);
  b.goto(loop.head);
  b.at(loop.exit);
}

/** Lets the generator run its `finally` blocks. An error of the loop's body is worth more than one of theirs. */
function close(b: Builder, callee: Callee, code: string, error: string, node: ts.Node): void {
  keepingErrors(
    b,
    () => {
      b.line(`$t.how_ = ${CLOSING};`);
      b.suspend((next) => ({ kind: "resume", callee, next }), node);
    },
    `${code} === 1 ? ${error} : $t.value_`,
  );
}

/** Whether leaving the generator `node` at a `yield` has something to run. */
function needsClosing(b: Builder, node: AsyncNode): boolean {
  let isNeeded = hasUsing(node.body!);
  walkOwn(node, (each) => {
    const isTry = ts.isTryStatement(each) && each.finallyBlock !== undefined;
    const isDelegate = ts.isYieldExpression(each) && each.asteriskToken !== undefined;
    const isFuture = ts.isVariableDeclaration(each) && b.program.isFuture(each.name);
    if (isTry || isDelegate || isFuture || ts.isForOfStatement(each)) isNeeded = true;
  });
  return isNeeded;
}

/** The text that gives the value of the yield `node`, after it. */
export function yielded(b: Builder, node: ts.YieldExpression): string {
  const { expression } = node;
  if (node.asteriskToken !== undefined) return delegated(b, expression!);
  if (expression === undefined) handOver(b, "undefined");
  else if (isAwaitable(b, expression)) handOver(b, b.awaited(expression, node).value);
  else handOver(b, b.mark(node) + b.value(expression));
  return "undefined";
}

function delegated(b: Builder, expression: ts.Expression): string {
  const each: Each = (loop, item) => {
    handOver(b, item);
    b.goto(loop.again);
  };
  if (isAsyncItems(b, expression)) return delegatedItems(b, expression, each);
  goOver(b, expression, each);
  return iteratedBy(b.program, expression) === undefined ? "undefined" : b.store("$ENDED.value_");
}

/** Whether `expression` has an async iterator, and no list, channel or generator of the task is known. */
function isAsyncItems(b: Builder, expression: ts.Expression): boolean {
  const { program } = b;
  if (program.isChannel(expression) || iteratedBy(program, expression) !== undefined) return false;
  return (
    stageOf(program, unwrapped(expression)) === undefined &&
    program.memberOf(expression, "asyncIterator") !== undefined
  );
}

function delegatedItems(b: Builder, expression: ts.Expression, each: Each): string {
  if (!b.program.hasGeneratorObjects) {
    asyncLoop(b, expression, each);
    return "undefined";
  }
  const result = b.copier.reference(b.temporary());
  objectLoop(b, expression, each, result);
  return result;
}

/** Gives `value` to the loop. The handlers of this function are not in force while the loop runs. */
function handOver(b: Builder, value: string): void {
  const handler = b.handlerAt(b.contexts.length);
  const next = makeBlock();
  if (handler !== null) {
    value = b.store(value);
    b.leaveHandlers(0);
  }
  b.end({ kind: "yield", value, next });
  b.at(next);
  if (handler !== null) b.line({ handler });
  when(b, `$t.how_ === ${CLOSING}`, () => {
    b.line("$t.how_ = 0;");
    b.return(null);
  });
}
