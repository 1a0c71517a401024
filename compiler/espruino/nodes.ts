/** Small questions about TypeScript's nodes that several passes ask. */
import ts from "typescript";

/** True for anything that has a body of its own and runs when called. */
export function isFunctionLike(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/** `for (x in o)` and `for (x of list)`. */
export function isForInOrOf(node: ts.Node): node is ts.ForInOrOfStatement {
  return ts.isForInStatement(node) || ts.isForOfStatement(node);
}

/** `a, b, c`. */
export function sequence(f: ts.NodeFactory, parts: readonly ts.Expression[]): ts.Expression {
  return parts.reduce((left, right) => f.createBinaryExpression(left, ts.SyntaxKind.CommaToken, right));
}
