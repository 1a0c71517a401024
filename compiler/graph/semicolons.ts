/** Statements of the author without a semicolon: what follows a copy of one must not go on with it. */
import ts from "typescript";

/** Whether `node` ends in an expression that what follows could go on with, and has no semicolon. */
export function needsSemicolon(node: ts.Statement): boolean {
  if (ts.isIfStatement(node)) return needsSemicolon(node.elseStatement ?? node.thenStatement);
  if (ts.isLabeledStatement(node) || (ts.isIterationStatement(node, false) && !ts.isDoStatement(node))) {
    return needsSemicolon(node.statement);
  }
  const isClosed =
    ts.isBlock(node) ||
    ts.isSwitchStatement(node) ||
    ts.isTryStatement(node) ||
    ts.isDeclarationStatement(node);
  return !isClosed && !node.getText().endsWith(";");
}

/** Whether the statement before `node` relies on a line break to be over. */
export function followsOpenStatement(node: ts.Node): boolean {
  const up = node.parent;
  if (!ts.isBlock(up) && !ts.isCaseOrDefaultClause(up)) return false;
  const at = up.statements.indexOf(node as ts.Statement);
  return at > 0 && needsSemicolon(up.statements[at - 1]!);
}
