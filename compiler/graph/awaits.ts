/**
 * The forms of await:
 *
 *   await leaf(...)          the operation of the strand; suspends unless it is done
 *   await f(...)             a compiled function, in static storage of the caller
 *   await op(...)            one of several, which the call finds out (dispatched.ts)
 *   await select({...})      or all, any ...: a race over operations of its own, and strands for calls of compiled functions
 *   await timeout(x, d)      a race of two
 *   await name               a race of one, since the operation is the named future's
 *   await it.next()          an item of what may be the object of a generator (generator-objects.ts)
 *   await promise            the operation of the strand, which the promise completes
 *   await (c ? a : b)        each in its branch
 */
import ts from "typescript";
import { limitOf, makerOf } from "../combinators.js";
import { either, unless } from "./branches.js";
import type { Awaited, Builder } from "./builder.js";
import { call } from "./compiled-calls.js";
import { dispatched } from "./dispatched.js";
import { asyncTargetOf } from "../find/targets.js";
import { awaitedStep, stepOf } from "./generator-objects.js";
import type { Suspends } from "./ir.js";
import { named, select, timeout } from "./races.js";
import { isLazy, unwrapped } from "../syntax.js";
import { isPromise, isVoid, requireFuture } from "./waiting.js";

/** Leaf futures that never complete at once. */
const SUSPENDS: Readonly<Record<string, Suspends>> = { sleep: "always", yieldNow: "yields" };

/** Those that promise nothing. Of all others what was promised is taken, also where it is no value: a signal's `void`. */
const PROMISES_NOTHING = /^(sleep|sleepUntil|yieldNow|(rising|falling|any)Edge)$/;

/** Suspends until `operand` is done. `node` is the await (or return) that says so. */
export function awaited(b: Builder, operand: ts.Expression, node: ts.Node): Awaited {
  const future = unwrapped(operand);
  if (ts.isConditionalExpression(future)) return awaitedBranch(b, future, node);
  if (ts.isBinaryExpression(future) && isLazy(future)) return awaitedRight(b, future, node);
  if (!ts.isCallExpression(future)) return isPromise(b, future) ? promise(b, future) : named(b, future);
  const own = b.program.ownNameOf(future.expression);
  if (makerOf(own) !== undefined) return select(b, future);
  if (limitOf(own) !== undefined) return timeout(b, future);
  const step = stepOf(b, future);
  if (step !== undefined) return awaitedStep(b, future, step);
  const functions = b.fn.dispatches.get(future);
  if (functions !== undefined) return dispatched(b, future, functions, node);
  const target = asyncTargetOf(b.program, future);
  if (target !== undefined && ts.isOptionalChain(unwrapped(future.expression)))
    return dispatched(b, future, [], node, target);
  if (target !== undefined) return call(b, future, target);
  if (isPromise(b, future)) return promise(b, future);
  requireFuture(b, future);
  const { start, suspends } = startOf(b, future, own);
  b.suspend((next) => ({ kind: "leaf", start, suspends, next }), future);
  const isNothing = isVoid(b, node) && own !== undefined && PROMISES_NOTHING.test(own);
  return isNothing ? { value: "undefined", isTaken: false } : { value: "$take($t)", isTaken: true };
}

function startOf(
  b: Builder,
  node: ts.Expression,
  own: string | undefined,
): { start: string; suspends: Suspends } {
  const suspends = (own !== undefined && SUSPENDS[own]) || "perhaps";
  return { start: suspends === "yields" ? "" : `${b.mark(node)}${b.value(node)};`, suspends };
}

/** Makes the leaf future `node`, a call of our function `own` perhaps, and gives what awaits it. */
export function leaf(b: Builder, node: ts.Expression, own: string | undefined): () => Awaited {
  requireFuture(b, node);
  const { start, suspends } = startOf(b, node, own);
  if (start !== "") b.line(start);
  return () => {
    b.suspend((next) => ({ kind: "leaf", start: "", suspends, next }), node);
    return { value: "$take($t)", isTaken: true };
  };
}

/** Whether `node`, or what it may evaluate to, must be awaited: a return of a future awaits it. */
export function isAwaitable(b: Builder, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (asyncTargetOf(b.program, inner) !== undefined || b.fn.dispatches.has(inner)) return true;
  // Types leave out a branch that they take to be impossible.
  if (ts.isConditionalExpression(inner))
    return isAwaitable(b, inner.whenTrue) || isAwaitable(b, inner.whenFalse);
  if (ts.isBinaryExpression(inner) && isLazy(inner)) return isAwaitable(b, inner.right);
  return b.program.isFuture(inner) || b.program.isPromise(inner);
}

function awaitedBranch(b: Builder, node: ts.ConditionalExpression, whole: ts.Node): Awaited {
  const branch = (operand: ts.Expression) => (): string => awaitedOrValue(b, operand, whole);
  const value = either(b, whole, b.value(node.condition), branch(node.whenTrue), branch(node.whenFalse));
  return { value, isTaken: false };
}

/** `a || await b` where the author wrote `return a || b`. */
function awaitedRight(b: Builder, node: ts.BinaryExpression, whole: ts.Node): Awaited {
  if (node.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    b.line(`${b.value(node.left)};`);
    return awaited(b, node.right, whole);
  }
  const right = (): string => awaitedOrValue(b, node.right, whole);
  return { value: unless(b, node.operatorToken.kind, node, b.value(node.left), right), isTaken: false };
}

/** A return gives a value as it is where a branch of it makes no future. */
function awaitedOrValue(b: Builder, node: ts.Expression, whole: ts.Node): string {
  const isPlain = !ts.isAwaitExpression(whole) && !isAwaitable(b, node);
  return isPlain ? b.value(node) : awaited(b, node, whole).value;
}

/** Its rejection is thrown, also where nobody wants its value. */
export function promise(b: Builder, node: ts.Expression, value = b.value(node)): Awaited {
  const start = `${b.mark(node)}$promised(${value});`;
  b.suspend((next) => ({ kind: "leaf", start, suspends: "always", next }), node);
  return { value: "$take($t)", isTaken: true };
}
