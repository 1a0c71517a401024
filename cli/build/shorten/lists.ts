/** Where statements stand in a list: a block, or a clause of a switch. And where only one may stand. */
import ts from "typescript";

/** `node` with its statements replaced by `list`, and a test of it by `visit`; undefined where it has no list. */
export function withList(
  f: ts.NodeFactory,
  node: ts.Node,
  list: (statements: readonly ts.Statement[]) => ts.Statement[],
  visit: (node: ts.Node) => ts.Node,
): ts.Node | undefined {
  if (ts.isBlock(node)) return f.updateBlock(node, list(node.statements));
  if (ts.isDefaultClause(node)) return f.updateDefaultClause(node, list(node.statements));
  if (!ts.isCaseClause(node)) return undefined;
  const test = visit(node.expression) as ts.Expression;
  return f.updateCaseClause(node, test, list(node.statements));
}

/**
 * `statements` where only one may stand. An `if` gets braces, for an `else` that follows would become its own, and so
 * does what declares a name.
 */
export function asOne(f: ts.NodeFactory, statements: readonly ts.Statement[]): ts.Statement {
  const [first, ...others] = statements;
  const isBare =
    first !== undefined && others.length === 0 && !ts.isIfStatement(first) && !ts.isVariableStatement(first);
  return isBare ? first : f.createBlock(statements);
}
