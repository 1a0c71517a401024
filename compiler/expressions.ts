/**
 * Expressions with an await inside. What JavaScript evaluates before the await, and something could change
 * meanwhile, is stored first; the rest is copied. Each function gives text that must be evaluated next.
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { Refusal } from "./diagnostics.js";
import { makeBlock } from "./ir.js";
import { hasAwait, kindOf, unwrapped } from "./syntax.js";
import { authored } from "./text.js";

const K = ts.SyntaxKind;

/** The text that gives the value of `node`, after its awaits were lowered. */
export function valueOf(b: Builder, node: ts.Expression): string {
  if (!hasAwait(node)) return b.copier.text(node);
  if (ts.isAwaitExpression(node)) return b.lower.awaited(b, node.expression, node).value;
  if (ts.isParenthesizedExpression(node)) return `(${valueOf(b, node.expression)})`;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return valueOf(b, node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    return either(
      b,
      valueOf(b, node.condition),
      () => valueOf(b, node.whenTrue),
      () => valueOf(b, node.whenFalse),
    );
  }
  if (ts.isBinaryExpression(node)) return binary(b, node);
  if (ts.isCallExpression(node)) return call(b, node);
  const operands = operandsOf(node);
  storeBefore(b, operands);
  return b.copier.text(node);
}

/** Evaluates `node` for its effects. */
export function effectOf(b: Builder, node: ts.Expression): void {
  if (ts.isAwaitExpression(node)) {
    const { value, isTaken } = b.lower.awaited(b, node.expression, node);
    if (isTaken) b.line(`${value};`);
    return;
  }
  b.line(`${b.mark(node)}${guarded(valueOf(b, node))};`);
}

/** `text` as a statement of its own: one that starts with a brace or `function` would be read as something else. */
function guarded(text: string): string {
  return /^(\{|function\b|class\b)/.test(text) ? `(${text})` : text;
}

/** The operands of `node` in the order of evaluation, for forms that evaluate them all from left to right. */
function operandsOf(node: ts.Expression): ts.Expression[] {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const isUpdate = node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken;
    return isUpdate ? placeOf(node.operand) : [node.operand];
  }
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return [node.expression];
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken === undefined) return [node.expression];
  if (ts.isElementAccessExpression(node) && node.questionDotToken === undefined) {
    return [node.expression, node.argumentExpression];
  }
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => span.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(plain);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(propertyOperands);
  if (ts.isNewExpression(node)) return [node.expression, ...(node.arguments ?? []).map(plain)];
  throw refusal(node);
}

function propertyOperands(property: ts.ObjectLiteralElementLike): ts.Expression[] {
  if (property.name !== undefined && ts.isComputedPropertyName(property.name)) throw refusal(property);
  if (ts.isPropertyAssignment(property)) return [property.initializer];
  if (ts.isShorthandPropertyAssignment(property)) return [property.name];
  throw refusal(property);
}

function plain(node: ts.Expression): ts.Expression {
  if (ts.isSpreadElement(node)) throw refusal(node);
  return node;
}

function refusal(node: ts.Node): Refusal {
  return new Refusal(
    "C140",
    node,
    `await inside this ${kindOf(node)} is not compiled yet. Await into a const first`,
  );
}

/** Evaluates `operands` up to the last one with an await; those before it are stored where that matters. */
export function storeBefore(b: Builder, operands: readonly ts.Expression[]): void {
  const last = operands.reduce((found, operand, i) => (hasAwait(operand) ? i : found), -1);
  for (const operand of operands.slice(0, last)) {
    if (!isStable(b, operand)) substitute(b, operand, b.store(valueOf(b, operand)));
  }
  substitute(b, operands[last]!, valueOf(b, operands[last]!));
}

/** Makes copies say `text` where `operand` stands. */
function substitute(b: Builder, operand: ts.Expression, text: string): void {
  const isShorthand = ts.isShorthandPropertyAssignment(operand.parent);
  b.copier.lowered.set(operand, isShorthand ? `${authored(operand.getText())}: ${text}` : text);
}

function isStable(b: Builder, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (ts.isIdentifier(inner)) return b.scopes.isStable(inner);
  if (ts.isPrefixUnaryExpression(inner)) return ts.isNumericLiteral(inner.operand);
  return (
    ts.isLiteralExpression(inner) ||
    inner.kind === K.TrueKeyword ||
    inner.kind === K.FalseKeyword ||
    inner.kind === K.NullKeyword
  );
}

/** `test ? then : otherwise` over suspensions: the value of one branch, in a temporary. */
function either(b: Builder, test: string, then: () => string, otherwise: () => string): string {
  const result = b.copier.reference(b.temporary());
  const [yes, no, after] = [makeBlock(), makeBlock(), makeBlock()];
  b.branch(test, yes, no);
  b.at(yes);
  b.line(`${result} = ${then()};`);
  b.goto(after);
  b.at(no);
  b.line(`${result} = ${otherwise()};`);
  b.goto(after);
  b.at(after);
  return result;
}

function binary(b: Builder, node: ts.BinaryExpression): string {
  const operator = node.operatorToken.kind;
  if (operator === K.CommaToken) {
    effectOf(b, node.left);
    return valueOf(b, node.right);
  }
  if (operator >= K.FirstAssignment && operator <= K.LastAssignment) return assignment(b, node, operator);
  if (
    operator === K.AmpersandAmpersandToken ||
    operator === K.BarBarToken ||
    operator === K.QuestionQuestionToken
  ) {
    return logical(b, operator, valueOf(b, node.left), () => valueOf(b, node.right));
  }
  storeBefore(b, [node.left, node.right]);
  return b.copier.text(node);
}

/** `left op right` where the right side is evaluated only when `left` does not decide. */
function logical(b: Builder, operator: ts.SyntaxKind, left: string, right: () => string): string {
  const value = b.store(left);
  const [more, after] = [makeBlock(), makeBlock()];
  if (operator === K.AmpersandAmpersandToken) b.branch(value, more, after);
  else if (operator === K.BarBarToken) b.branch(value, after, more);
  else b.branch(`${value} == null`, more, after);
  b.at(more);
  b.line(`${value} = ${right()};`);
  b.goto(after);
  b.at(after);
  return value;
}

const LOGICAL: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [K.AmpersandAmpersandEqualsToken]: K.AmpersandAmpersandToken,
  [K.BarBarEqualsToken]: K.BarBarToken,
  [K.QuestionQuestionEqualsToken]: K.QuestionQuestionToken,
};

function assignment(b: Builder, node: ts.BinaryExpression, operator: ts.SyntaxKind): string {
  const left = unwrapped(node.left);
  if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) {
    if (hasAwait(left)) throw refusal(left);
    const value = valueOf(b, node.right);
    return `(${b.copier.text(left)} = ${value})`;
  }
  for (const part of placeOf(left)) {
    if (hasAwait(part) || !isStable(b, part)) substitute(b, part, b.store(valueOf(b, part)));
  }
  const place = b.copier.text(left);
  if (operator === K.EqualsToken) return `${place} = ${valueOf(b, node.right)}`;
  const lazily = LOGICAL[operator];
  if (lazily !== undefined) return logical(b, lazily, place, () => `${place} = ${valueOf(b, node.right)}`);
  const before = b.store(place);
  return `${place} = ${before} ${node.operatorToken.getText().slice(0, -1)} (${valueOf(b, node.right)})`;
}

/** The expressions that make up the place `node` that is assigned to. */
function placeOf(node: ts.Expression): ts.Expression[] {
  const place = unwrapped(node);
  if (ts.isIdentifier(place)) return [];
  if (ts.isPropertyAccessExpression(place)) return [place.expression];
  if (ts.isElementAccessExpression(place)) return [place.expression, place.argumentExpression];
  throw refusal(node);
}

/** A call with awaits in its callee or arguments. A method is fetched before the arguments, as JavaScript does. */
function call(b: Builder, node: ts.CallExpression): string {
  if (node.questionDotToken !== undefined || ts.isOptionalChain(node)) throw refusal(node);
  const args = node.arguments.map(plain);
  const callee = unwrapped(node.expression);
  const isMember = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee);
  if (!isMember) {
    storeBefore(b, [node.expression, ...args]);
    return b.copier.text(node);
  }
  if (!args.some(hasAwait) || (ts.isPropertyAccessExpression(callee) && b.program.isMethod(callee.name))) {
    storeBefore(b, [...placeOf(callee), ...args]);
    return b.copier.text(node);
  }
  for (const part of placeOf(callee)) substitute(b, part, b.store(valueOf(b, part)));
  const method = b.store(b.copier.text(callee));
  const self = b.copier.text(callee.expression);
  storeBefore(b, args);
  return `${method}.call(${[self, ...args.map((arg) => b.copier.text(arg))].join(", ")})`;
}
