/** Small questions about names, paths and places that the builtins pass asks. */
import ts from "typescript";
import { METHODS } from "./helpers.js";

const K = ts.SyntaxKind;

/** Whether prototypes get anything that a loop over keys would show. */
export function growsPrototypes(file: ts.SourceFile): boolean {
  return holds(
    file,
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      (node.name.text === "prototype" || Object.hasOwn(METHODS, node.name.text)),
  );
}

export function holds(node: ts.Node, is: (node: ts.Node) => boolean): boolean {
  return is(node) || ts.forEachChild(node, (child) => holds(child, is)) === true;
}

/** Whether `x.constructor` may be that of an array or a plain object, and somebody looks which one it is. */
export function mayBeBuiltin({ expression, parent }: ts.PropertyAccessExpression): boolean {
  if (expression.kind === K.ThisKeyword || (ts.isIdentifier(expression) && /^_this/.test(expression.text)))
    return false;
  if (ts.isPropertyAccessExpression(expression) && expression.name.text === "prototype") return false;
  return (
    !ts.isPropertyAccessExpression(parent) && !ts.isTypeOfExpression(parent) && !ts.isNewExpression(parent)
  );
}

/** `x.toString !== Object.prototype.toString` asks which one it is. */
export function isCompared({ parent }: ts.Node): boolean {
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind >= K.EqualsEqualsToken &&
    parent.operatorToken.kind <= K.ExclamationEqualsEqualsToken
  );
}

export function isWritten(node: ts.Expression): boolean {
  const up = node.parent;
  return ts.isBinaryExpression(up) && up.left === node && up.operatorToken.kind === K.EqualsToken;
}

/** `a.b.c` as text, and the identifier it starts with. */
export function pathOf(node: ts.Expression): { text: string; root: ts.Identifier } | undefined {
  if (ts.isIdentifier(node)) return { text: node.text, root: node };
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const start = pathOf(node.expression);
  return start && { text: `${start.text}.${node.name.text}`, root: start.root };
}

export function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** `null`, `undefined`, `void 0`. */
export function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === K.NullKeyword ||
    ts.isVoidExpression(node) ||
    (ts.isIdentifier(node) && node.text === "undefined")
  );
}
