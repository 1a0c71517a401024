/** What an expression may do while it is evaluated: the passes and the lint ask the same. */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";

const K = ts.SyntaxKind;

const COMPOUND = new Map<ts.SyntaxKind, ts.BinaryOperator>([
  [K.PlusEqualsToken, K.PlusToken],
  [K.MinusEqualsToken, K.MinusToken],
  [K.AsteriskEqualsToken, K.AsteriskToken],
  [K.SlashEqualsToken, K.SlashToken],
  [K.PercentEqualsToken, K.PercentToken],
  [K.BarEqualsToken, K.BarToken],
  [K.AmpersandEqualsToken, K.AmpersandToken],
  [K.CaretEqualsToken, K.CaretToken],
  [K.LessThanLessThanEqualsToken, K.LessThanLessThanToken],
  [K.GreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanToken],
  [K.GreaterThanGreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanGreaterThanToken],
]);

/** True when evaluating the expression may change a variable: a call, a construction, an assignment. */
export function mayChangeState(node: ts.Node): boolean {
  if (isFunctionLike(node)) return false;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isDeleteExpression(node)) return true;
  if (ts.isTaggedTemplateExpression(node) || isUpdate(node)) return true;
  return ts.forEachChild(node, mayChangeState) === true;
}

/** The operator of `a += b`; undefined for other expressions. */
export function compoundOperator(node: ts.Node): ts.BinaryOperator | undefined {
  return ts.isBinaryExpression(node) ? COMPOUND.get(node.operatorToken.kind) : undefined;
}

/** True for `a = b`, `a += b`, `a++` and their like. */
export function isUpdate(node: ts.Node): boolean {
  if (ts.isPostfixUnaryExpression(node)) return true;
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken;
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= K.FirstAssignment &&
    node.operatorToken.kind <= K.LastAssignment
  );
}

/** The last part of a place: `b` of `b`, `a.b`. */
export function nameOf(node: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(node)) return nameOf(node.expression);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) ? "[]" : undefined;
}

/** The places whose value an expression may have: `a` and `b` of `c ? a : (b += d)`. */
function placesOf(node: ts.Expression): string[] {
  if (ts.isParenthesizedExpression(node)) return placesOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...placesOf(node.whenTrue), ...placesOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const isValueOf = isUpdate(node) || CHOICES.has(node.operatorToken.kind);
    return isValueOf ? [...placesOf(node.left), ...placesOf(node.right)] : [];
  }
  const name = nameOf(node);
  return name === undefined ? [] : [name];
}

const CHOICES: ReadonlySet<ts.SyntaxKind> = new Set([
  K.CommaToken,
  K.BarBarToken,
  K.AmpersandAmpersandToken,
  K.QuestionQuestionToken,
]);

/** `+` and the comparisons: what can have a string on its left. */
function takesStrings(kind: ts.SyntaxKind): boolean {
  return kind === K.PlusToken || (kind >= K.LessThanToken && kind <= K.ExclamationEqualsEqualsToken);
}

/**
 * Places that stand left of an operator whose right side runs code: `s + f()`.
 *
 * `+=` appends to a string in place on Espruino, so that a value already read changes with it. Where such a reading may
 * be under way, `s += x` must be `s = s + x`, which makes a new string. Names stand for places, across objects.
 */
export function namesReadBeforeCode(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      const reads = takesStrings(kind) || kind === K.PlusEqualsToken;
      if (reads && mayChangeState(node.right)) for (const name of placesOf(node.left)) names.add(name);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
