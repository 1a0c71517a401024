/**
 * Expressions with an await inside. What JavaScript evaluates before the await, and something could change meanwhile,
 * is stored first (operands.ts); the rest is copied. Each function gives text that must be evaluated next.
 */
import ts from "typescript";
import { assignment } from "./assignments.js";
import { branches, either, unless } from "./branches.js";
import type { Builder } from "./builder.js";
import { call, chain, taggedTemplate } from "./calls.js";
import { operandsOf, storeBefore } from "./operands.js";
import { hasAwait, unwrapped } from "../syntax.js";

const K = ts.SyntaxKind;

/** The text that gives the value of `node`, after its awaits were lowered. */
export function valueOf(b: Builder, node: ts.Expression): string {
  if (!hasAwait(node)) return b.copier.operandText(node);
  if (ts.isAwaitExpression(node)) return b.awaited(node.expression, node).value;
  if (ts.isYieldExpression(node)) return b.yielded(node);
  if (ts.isParenthesizedExpression(node)) return `(${valueOf(b, node.expression)})`;
  if (ts.isExpression(node) && unwrapped(node) !== node) return valueOf(b, unwrapped(node));
  if (ts.isConditionalExpression(node)) {
    const [then, otherwise] = [node.whenTrue, node.whenFalse];
    return either(
      b,
      node,
      valueOf(b, node.condition),
      () => valueOf(b, then),
      () => valueOf(b, otherwise),
    );
  }
  if (ts.isBinaryExpression(node)) return binary(b, node);
  if (ts.isOptionalChain(node)) return chain(b, node);
  if (ts.isCallExpression(node)) return call(b, node);
  if (ts.isTaggedTemplateExpression(node)) return taggedTemplate(b, node);
  storeBefore(b, operandsOf(b, node));
  return b.copier.text(node);
}

/** Evaluates `node` for its effects. */
export function effectOf(b: Builder, node: ts.Expression): void {
  const inner = unwrapped(node);
  if (ts.isAwaitExpression(inner)) {
    const { value, isTaken } = b.awaited(inner.expression, inner);
    if (isTaken) b.line(`${value};`);
  } else if (ts.isYieldExpression(inner)) b.yielded(inner);
  else if (hasAwait(inner) && ts.isBinaryExpression(inner) && inner.operatorToken.kind === K.CommaToken) {
    effectOf(b, inner.left);
    effectOf(b, inner.right);
  } else if (hasAwait(inner) && ts.isConditionalExpression(inner)) {
    branches(
      b,
      valueOf(b, inner.condition),
      () => effectOf(b, inner.whenTrue),
      () => effectOf(b, inner.whenFalse),
    );
  } else if (hasAwait(inner) && ts.isBinaryExpression(inner) && isAndOr(inner)) {
    const test = valueOf(b, inner.left);
    const right = (): void => effectOf(b, inner.right);
    if (inner.operatorToken.kind === K.BarBarToken) branches(b, test, nothing, right);
    else branches(b, test, right, nothing);
  } else b.line(`${b.mark(node)}${guarded(valueOf(b, node))};`);
}

function nothing(): void {
  // the branch that does nothing
}

function isAndOr(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === K.AmpersandAmpersandToken || node.operatorToken.kind === K.BarBarToken;
}

/** `text` as a statement of its own: one that starts with a brace or `function` would be read as something else. */
function guarded(text: string): string {
  return /^(\{|function\b|class\b|let\b)/.test(text) ? `(${text})` : text;
}

function binary(b: Builder, node: ts.BinaryExpression): string {
  const operator = node.operatorToken.kind;
  if (operator === K.CommaToken) {
    effectOf(b, node.left);
    return valueOf(b, node.right);
  }
  if (operator >= K.FirstAssignment && operator <= K.LastAssignment) return assignment(b, node, operator);
  if (isAndOr(node) || operator === K.QuestionQuestionToken) {
    return unless(b, operator, node, valueOf(b, node.left), () => valueOf(b, node.right));
  }
  storeBefore(b, [{ node: node.left }, { node: node.right }]);
  return b.copier.text(node);
}
