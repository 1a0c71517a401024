/**
 * Statements as authors write them, out of what a minifier makes of them: calls stand alone, where they can be replaced.
 *
 *   a, b;               -> a; b;
 *   a && b;             -> if (a) b;            a || b  likewise
 *   a ? b : c;          -> if (a) b; else c;
 *   return a, b;        -> a; return b;
 *   return a ? b : c;   -> if (a) return b; return c;
 *   () => a             -> () => { return a; }
 */
import ts from "typescript";
import { asOne, withList } from "./lists.js";

/** The transformer. */
export const plainStatements: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const plain = new PlainStatements(context);
  return plain.file(file);
};

class PlainStatements {
  private readonly f: ts.NodeFactory;

  constructor(private readonly context: ts.TransformationContext) {
    this.f = context.factory;
  }

  file(file: ts.SourceFile): ts.SourceFile {
    return this.f.updateSourceFile(file, this.list(file.statements));
  }

  private visit(node: ts.Node): ts.Node {
    const listed = withList(
      this.f,
      node,
      (statements) => this.list(statements),
      (child) => this.visit(child),
    );
    if (listed !== undefined) return listed;
    if (ts.isExpressionStatement(node) || (ts.isReturnStatement(node) && node.expression))
      return asOne(this.f, this.statements(node));
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return this.arrow(node, node.body);
    return ts.visitEachChild(node, (child) => this.visit(child), this.context);
  }

  private list(statements: readonly ts.Statement[]): ts.Statement[] {
    return statements.flatMap((each) => this.statements(each));
  }

  private arrow(node: ts.ArrowFunction, body: ts.Expression): ts.ArrowFunction {
    const { modifiers, typeParameters, parameters, type, equalsGreaterThanToken } = node;
    const block = this.f.createBlock(this.returned(body));
    return this.f.updateArrowFunction(
      node,
      modifiers,
      typeParameters,
      parameters.map((each) => this.visit(each) as ts.ParameterDeclaration),
      type,
      equalsGreaterThanToken,
      block,
    );
  }

  private statements(statement: ts.Statement): ts.Statement[] {
    if (ts.isExpressionStatement(statement)) return this.done(statement.expression);
    if (ts.isReturnStatement(statement) && statement.expression) return this.returned(statement.expression);
    return [this.visit(statement) as ts.Statement];
  }

  /** What evaluates `expression`. */
  private done(expression: ts.Expression): ts.Statement[] {
    const { f } = this;
    const inner = unparenthesized(expression);
    if (ts.isConditionalExpression(inner)) {
      const test = this.visit(inner.condition) as ts.Expression;
      return [f.createIfStatement(test, this.block(inner.whenTrue), this.block(inner.whenFalse))];
    }
    if (ts.isBinaryExpression(inner)) {
      const { left, right } = inner;
      switch (inner.operatorToken.kind) {
        case ts.SyntaxKind.CommaToken:
          return [...this.done(left), ...this.done(right)];
        case ts.SyntaxKind.AmpersandAmpersandToken:
          return [f.createIfStatement(this.visit(left) as ts.Expression, this.block(right))];
        case ts.SyntaxKind.BarBarToken:
          return [
            f.createIfStatement(f.createLogicalNot(this.visit(left) as ts.Expression), this.block(right)),
          ];
      }
    }
    return [
      ts.setTextRange(f.createExpressionStatement(this.visit(expression) as ts.Expression), expression),
    ];
  }

  private returned(expression: ts.Expression): ts.Statement[] {
    const { f } = this;
    const inner = unparenthesized(expression);
    if (ts.isConditionalExpression(inner)) {
      const test = this.visit(inner.condition) as ts.Expression;
      return [
        f.createIfStatement(test, f.createBlock(this.returned(inner.whenTrue))),
        ...this.returned(inner.whenFalse),
      ];
    }
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken) {
      return [...this.done(inner.left), ...this.returned(inner.right)];
    }
    return [ts.setTextRange(f.createReturnStatement(this.visit(expression) as ts.Expression), expression)];
  }

  private block(expression: ts.Expression): ts.Block {
    return this.f.createBlock(this.done(expression));
  }
}

function unparenthesized(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unparenthesized(node.expression) : node;
}
