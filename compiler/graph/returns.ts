/**
 * What a function returns. A future, a call of an async function and a promise are awaited first, as async functions
 * do; inside of a `try` they are awaited outside of it, past its `catch`:
 *
 *   try { return f(g()); } catch {}          try { $a = g(); } catch {}   then   return await f($a)
 *   try { return promise; } finally {}       try { $p = promise; } finally {}   then   return await $p
 *
 * What waits has no storage while a `finally` runs, so that only a promise can pass one.
 */
import ts from "typescript";
import { isAwaitable, leaf, promise } from "./awaits.js";
import { branches } from "./branches.js";
import type { Awaited, Builder } from "./builder.js";
import { limitOf, makerOf } from "../combinators.js";
import { argumentsOf, call } from "./compiled-calls.js";
import { Refusal } from "../diagnostics.js";
import { evaluatedDispatch } from "./dispatched.js";
import { valueOf } from "./expressions.js";
import { asyncTargetOf } from "../find/targets.js";
import { makeBlock } from "./ir.js";
import { unwrapped } from "../syntax.js";
import { isPromise } from "./waiting.js";

/** Returns `expression`, which `node` says. */
export function returnValue(b: Builder, expression: ts.Expression | undefined, node: ts.Node): void {
  if (expression === undefined) b.return(null);
  else if (!awaitsReturn(b, expression)) b.return(b.mark(node) + valueOf(b, expression));
  else if (b.plain === null && isInTry(b)) returnOutside(b, expression, node);
  else b.return(b.awaited(expression, node).value);
}

/** An async function resolves its promise with what it returns; a task, or what yields to others, waits for it first. */
export function awaitsReturn(b: Builder, expression: ts.Expression): boolean {
  return b.plain === null ? isAwaitable(b, expression) : b.plain.isAsync && b.plain.isGenerator;
}

/** Whether the author wrote a `try` around. */
function isInTry({ contexts }: Builder): boolean {
  return contexts.some(
    ({ kind, ...each }) => kind === "try" || (kind === "finally" && !("isHidden" in each && each.isHidden)),
  );
}

/** Evaluates `expression` here, and awaits what it gives outside of all `try`s. */
function returnOutside(b: Builder, expression: ts.Expression, node: ts.Node): void {
  const future = unwrapped(expression);
  if (!isAwaitable(b, future)) b.return(b.mark(node) + valueOf(b, future));
  else if (ts.isConditionalExpression(future)) {
    const branch = (operand: ts.Expression) => (): void => {
      returnOutside(b, operand, node);
    };
    branches(b, b.value(future.condition), branch(future.whenTrue), branch(future.whenFalse));
  } else leave(b, evaluated(b, future), node);
}

/** Evaluates what `future` needs, and gives what awaits it. */
function evaluated(b: Builder, future: ts.Expression): () => Awaited {
  if (
    isPromise(b, future) &&
    asyncTargetOf(b.program, future) === undefined &&
    !b.fn.dispatches.has(future)
  ) {
    const slot = b.copier.reference(b.scopes.temporary("$promise", "object"));
    b.line(`${slot} = ${b.mark(future)}${b.value(future)};`);
    return () => promise(b, future, slot);
  }
  if (!ts.isCallExpression(future) || b.contexts.some(({ kind }) => kind === "finally"))
    throw refusal(future);
  const own = b.program.ownNameOf(future.expression);
  const isChain = ts.isOptionalChain(future) || ts.isOptionalChain(unwrapped(future.expression));
  if (makerOf(own) !== undefined || limitOf(own) !== undefined || isChain) throw refusal(future);
  const functions = b.fn.dispatches.get(future);
  if (functions !== undefined) {
    const { otherwise, run } = evaluatedDispatch(b, future, functions, future);
    if (otherwise !== null) throw refusal(future);
    return run;
  }
  const target = asyncTargetOf(b.program, future);
  if (target === undefined) return leaf(b, future, own);
  const args = argumentsOf(b, future, target).map((each) => b.store(each));
  return () => call(b, future, target, args);
}

function refusal(node: ts.Node): Refusal {
  const text = node.getText().replace(/\s+/g, " ");
  return new Refusal("C145", node, `return of a future inside try. Write return await ${text}`);
}

/** Leaves all `try`s, and returns what `wait` gives there. */
function leave(b: Builder, wait: () => Awaited, node: ts.Node): void {
  if (b.isDead) return;
  const outside = makeBlock();
  b.jump(outside, 0);
  const contexts = b.contexts.splice(0);
  b.at(outside);
  b.return(b.mark(node) + wait().value);
  b.contexts.push(...contexts);
}
