/**
 * Operands: what an expression evaluates, in order, before its own work. Those before the last await are stored where
 * something could change them meanwhile; the expression is then copied with the stored values in their places.
 *
 *   a + (await b)        -> $1 = a; ...b...; $1 + b          stored, unless `a` never changes
 *   `${a} ${await b}`    -> $1 = `${a}`; ...                 stored as the text that it has now
 *   [...a, await b]      -> $1 = [...a]; ...                 so are what a spread takes, and the key of a property
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { Refusal } from "../diagnostics.js";
import { hasAwait, isShorthand, isSuperMember, kindOf, unwrapped } from "../syntax.js";
import { authored } from "../emit/text.js";

const K = ts.SyntaxKind;

export interface Operand {
  readonly node: ts.Expression;
  /** The text that keeps the operand as it is now, where its value alone does not. */
  readonly kept?: (value: string) => string;
}

/** The operands of `node`, for forms that evaluate them all from left to right. */
export function operandsOf(b: Builder, node: ts.Expression): Operand[] {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const isUpdate = node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken;
    return isUpdate ? placeOf(node.operand) : [{ node: node.operand }];
  }
  if (ts.isDeleteExpression(node)) return placeOf(node.expression);
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return [{ node: node.expression }];
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return placeOf(node);
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => textOperand(b, span.expression));
  if (ts.isArrayLiteralExpression(node)) return listOperands(node.elements);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((each) => propertyOperands(b, each));
  if (ts.isClassExpression(node)) return classOperands(b, node);
  if (ts.isNewExpression(node)) return [{ node: node.expression }, ...listOperands(node.arguments ?? [])];
  throw refusal(node);
}

/** Arguments and elements, some of them spread. */
export function listOperands(list: readonly ts.Expression[]): Operand[] {
  return list
    .filter((each) => !ts.isOmittedExpression(each))
    .map((each) =>
      ts.isSpreadElement(each) ? { node: each.expression, kept: (value) => `[...${value}]` } : { node: each },
    );
}

/** The expressions that make up the place `node` that is assigned to. */
export function placeOf(node: ts.Expression): Operand[] {
  const place = unwrapped(node);
  if (ts.isIdentifier(place)) return [];
  if (isSuperMember(place)) {
    return ts.isElementAccessExpression(place) ? [{ node: place.argumentExpression }] : [];
  }
  if (ts.isPropertyAccessExpression(place)) return [{ node: place.expression }];
  if (ts.isElementAccessExpression(place))
    return [{ node: place.expression }, { node: place.argumentExpression }];
  throw refusal(node);
}

function propertyOperands(b: Builder, property: ts.ObjectLiteralElementLike): Operand[] {
  const operands: Operand[] = [];
  if (property.name !== undefined && ts.isComputedPropertyName(property.name)) {
    operands.push(keyOperand(b, property.name.expression));
  }
  if (ts.isPropertyAssignment(property)) operands.push({ node: property.initializer });
  if (ts.isShorthandPropertyAssignment(property)) operands.push({ node: property.name });
  if (ts.isSpreadAssignment(property)) {
    operands.push({ node: property.expression, kept: (value) => `{ ...${value} }` });
  }
  return operands;
}

/** What the head of a class and its keys evaluate. */
export function classOperands(b: Builder, node: ts.ClassLikeDeclaration): Operand[] {
  const base = node.heritageClauses?.find((each) => each.token === K.ExtendsKeyword)?.types[0];
  const names = node.members.map((each) => each.name).filter((each) => each !== undefined);
  const keys = names.filter(ts.isComputedPropertyName).map((name) => keyOperand(b, name.expression));
  return base === undefined ? keys : [{ node: base.expression }, ...keys];
}

/** Something that becomes a text when it is evaluated, not when all is put together. */
function textOperand(b: Builder, node: ts.Expression): Operand {
  return b.program.isPrimitive(node) ? { node } : { node, kept: asText };
}

function asText(value: string): string {
  return `\`${authored("$")}{${value}}\``;
}

function keyOperand(b: Builder, node: ts.Expression): Operand {
  if (b.program.isPrimitive(node)) return { node };
  const kept = (value: string): string => {
    const name = b.store(value);
    return `typeof ${name} === "symbol" ? ${name} : ${asText(name)}`;
  };
  return { node, kept };
}

export function refusal(node: ts.Node): Refusal {
  const what = `await inside this ${kindOf(node)} is not compiled yet`;
  return new Refusal("C140", node, `${what}. Await into a const first`);
}

/** Evaluates `operands` up to the last one with an await; those before it are stored where that matters. */
export function storeBefore(b: Builder, operands: readonly Operand[]): void {
  const last = operands.reduce((found, operand, i) => (hasAwait(operand.node) ? i : found), -1);
  if (last < 0) return;
  for (const operand of operands.slice(0, last)) store(b, operand);
  substitute(b, operands[last]!.node, b.value(operands[last]!.node));
}

/** Evaluates all of `operands`; each is stored where something could change it before it is used. */
export function storeAll(b: Builder, operands: readonly Operand[]): void {
  for (const operand of operands) store(b, operand);
}

function store(b: Builder, operand: Operand): void {
  keep(b, operand, (text) => {
    b.line(text);
  });
}

/** Evaluates an operand, by `line`, and keeps it where something could change it before it is used. */
export function keep(b: Builder, { node, kept }: Operand, line: (text: string) => void): void {
  if (kept === undefined && !hasAwait(node) && isStable(b, node)) return;
  const value = b.value(node);
  const name = b.copier.reference(b.temporary(kept === undefined ? node : undefined));
  line(`${name} = ${kept === undefined ? value : kept(value)};`);
  substitute(b, node, name);
}

/** Makes copies say `text` where `operand` stands. */
function substitute(b: Builder, operand: ts.Expression, text: string): void {
  b.copier.lowered.set(operand, isShorthand(operand) ? `${authored(operand.getText())}: ${text}` : text);
}

/** Whether `node` gives the same now and after an await. */
function isStable(b: Builder, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (ts.isIdentifier(inner)) return b.scopes.isStable(inner);
  if (ts.isPrefixUnaryExpression(inner)) return ts.isNumericLiteral(inner.operand);
  const isConstant =
    inner.kind === K.TrueKeyword || inner.kind === K.FalseKeyword || inner.kind === K.NullKeyword;
  return isConstant || (ts.isLiteralExpression(inner) && !ts.isRegularExpressionLiteral(inner));
}
