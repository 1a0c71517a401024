/**
 * A call of `super` is a statement of its own: fields are set behind it, and before all else where TypeScript finds none.
 * The minifier joins it to what follows.
 *
 *   super(v), this.#own = v;     if (super(v), v) f();     ->     super(v); this.#own = v;     super(v); if (v) f();
 */
import ts from "typescript";
import { unwrapped } from "../syntax.js";

/** The transformer: it goes before the one to ES5. */
export const splitSupers: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    if (!ts.isConstructorDeclaration(inner) || !inner.body) return inner;
    const statements = inner.body.statements.flatMap((each) => split(f, each));
    const body = f.updateBlock(inner.body, statements);
    return f.updateConstructorDeclaration(inner, inner.modifiers, inner.parameters, body);
  };
  return ts.visitNode(file, visit, ts.isSourceFile);
};

/** `statement`, and before it the call of `super` that it begins with. */
function split(f: ts.NodeFactory, statement: ts.Statement): ts.Statement[] {
  const first = firstOf(statement);
  if (first === undefined) return [statement];
  const parts = partsOf(first);
  const isAlone = ts.isExpressionStatement(statement) && parts.length === 1;
  if (!isSuperCall(parts[0]!) || isAlone) return [statement];
  const others: ts.Expression[] = parts.length === 1 ? [f.createThis()] : parts.slice(1);
  const rest = others.reduce((left, right) => f.createComma(left, right));
  const call = ts.setTextRange(f.createExpressionStatement(parts[0]!), parts[0]);
  return [call, replaced(statement, ts.setTextRange(rest, first))];
}

/** What `statement` evaluates before all else, where a comma may stand. */
function firstOf(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isForStatement(statement)) {
    const { initializer } = statement;
    return initializer && !ts.isVariableDeclarationList(initializer) ? initializer : undefined;
  }
  const hasOne =
    ts.isExpressionStatement(statement) ||
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isIfStatement(statement) ||
    ts.isSwitchStatement(statement) ||
    ts.isForInStatement(statement) ||
    ts.isForOfStatement(statement);
  return hasOne ? statement.expression : undefined;
}

function partsOf(expression: ts.Expression): ts.Expression[] {
  const bare = unwrapped(expression);
  return ts.isBinaryExpression(bare) && bare.operatorToken.kind === ts.SyntaxKind.CommaToken
    ? [...partsOf(bare.left), bare.right]
    : [bare];
}

function isSuperCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

function replaced(statement: ts.Statement, first: ts.Expression): ts.Statement {
  const replace = (node: ts.Node): ts.Node => (node === firstOf(statement) ? first : node);
  return ts.visitEachChild(statement, replace, undefined);
}
