/**
 * Promises of an engine that lacks them, or has them in a form that is not JavaScript's:
 *
 *   new Promise(f), x instanceof Promise     $OwnPromise        Promise.all(list)     $all(list)
 *   Promise, as any other value              $WholePromise      queueMicrotask        $microtask
 */
import ts from "typescript";
import { isReference, isShorthand } from "../syntax.js";
import type { PlainFacts } from "./names.js";

/** What core/promises has in the place of statics. */
export const STATICS = ["all", "allSettled", "any", "race", "reject", "resolve", "withResolvers"];

/** What stands for `node` when it is such a global; undefined when it is none. */
export function globalText(node: ts.Node, facts: PlainFacts): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const { text } = node.name;
    return isGlobal(node.expression, "Promise", facts) && STATICS.includes(text) ? `$${text}` : undefined;
  }
  if (isGlobal(node, "queueMicrotask", facts)) return "$microtask";
  if (!isGlobal(node, "Promise", facts)) return undefined;
  const up = node.parent;
  const isPlainUse =
    (ts.isNewExpression(up) && up.expression === node) ||
    (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) ||
    ts.isTypeOfExpression(up);
  const text = isPlainUse ? "$OwnPromise" : "$WholePromise";
  return isShorthand(node) ? `Promise: ${text}` : text;
}

function isGlobal(node: ts.Node, name: string, facts: PlainFacts): boolean {
  const isNamed = ts.isIdentifier(node) && node.text === name && isReference(node);
  return isNamed && facts.symbolOf(node) === undefined;
}
