/** Recognises classes as TypeScript lowers them to ES5. */
import ts from "typescript";
import { mayChangeState } from "./effects.js";

/** The function that TypeScript wraps a class in: `(function (_super) { ... return A; }(Base))`. */
export function isClassBody(callee: ts.Expression): callee is ts.FunctionExpression {
  if (!ts.isFunctionExpression(callee) || callee.name) return false;
  const last = callee.body.statements[callee.body.statements.length - 1];
  return (
    last !== undefined &&
    ts.isReturnStatement(last) &&
    last.expression !== undefined &&
    ts.isIdentifier(last.expression) &&
    callee.body.statements.some(
      (s) => ts.isFunctionDeclaration(s) && s.name?.text === (last.expression as ts.Identifier).text,
    )
  );
}

/** True when the class body only makes functions: no static field runs author code. */
export function hasPureBody(callee: ts.Expression): boolean {
  return (
    isClassBody(callee) &&
    callee.body.statements.every(
      (s) =>
        ts.isFunctionDeclaration(s) ||
        ts.isReturnStatement(s) ||
        (ts.isExpressionStatement(s) && isPureStep(s.expression)),
    )
  );
}

function isPureStep(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    return (
      (ts.isIdentifier(callee) && callee.text === "__extends") ||
      (ts.isPropertyAccessExpression(callee) &&
        callee.name.text === "defineProperty" &&
        node.arguments.every((a) => !ts.isCallExpression(a)))
    );
  }
  return (
    ts.isBinaryExpression(node) &&
    !mayChangeState(node.left) &&
    (ts.isFunctionExpression(node.right) || ts.isLiteralExpression(node.right))
  );
}
