/**
 * Keeps a bare `return` away from the end of a function.
 *
 * Espruino stops with "Unexpected end of Input" when the last thing in a function is `return` without `;`. The minifier
 * writes just that for a function that ends in a loop: `function f(){for(;;)if(b())return}`. At the end of a function
 * such a `return` is nothing, in a loop that ends it the same as `break`; from a deeper loop, and before statements that
 * the minifier may drop, it returns a variable that is always undefined.
 */
import ts from "typescript";
import { mayChangeState } from "./effects.js";
import { isFunctionLike } from "./nodes.js";

/** The transformer; runs after `do` loops have become `for` loops. */
export const closeReturns: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const closer = new Closer(context);
  const visit = (node: ts.Node): ts.Node =>
    ts.visitEachChild(node, isFunctionLike(node) ? inFunction : visit, context);
  const inFunction = (node: ts.Node): ts.Node => {
    const result = visit(node);
    return ts.isBlock(result) ? closer.block(result, true) : result;
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

class Closer {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;

  constructor(context: ts.TransformationContext) {
    this.#context = context;
    this.#f = context.factory;
  }

  /** A list at the end of a function. `isLast`: nothing at all runs after it. */
  block(node: ts.Block, isLast: boolean): ts.Block {
    const statements = [...node.statements];
    // What stands after a jump never runs. The minifier drops it or not; it would run if the jump went.
    const jump = statements.findIndex((s) => ts.isReturnStatement(s) || ts.isThrowStatement(s));
    const end = jump < 0 ? statements.length - 1 : jump;
    let isAtEnd = isLast && statements.slice(end + 1).every(isNothing);
    for (let i = end + 1; i < statements.length; i++) {
      statements[i] = this.#inLoop(statements[i]!, Infinity) as ts.Statement;
    }
    for (let i = end; i >= 0; i--) {
      const statement = statements[i]!;
      statements[i] = this.#close(statement, isAtEnd);
      if (!mayVanish(statement)) break;
      isAtEnd &&= isNothing(statement);
    }
    return this.#f.updateBlock(node, statements);
  }

  #close(node: ts.Statement, isLast: boolean): ts.Statement {
    const f = this.#f;
    if (isBareReturn(node)) return isLast ? f.createEmptyStatement() : this.#returnVoid(node);
    if (ts.isBlock(node)) return this.block(node, isLast);
    if (ts.isIterationStatement(node, false))
      return this.#inLoop(node, isLast ? 0 : Infinity) as ts.Statement;
    if (!ts.isIfStatement(node)) return node;
    const otherwise = node.elseStatement && this.#close(node.elseStatement, isLast);
    return f.updateIfStatement(node, node.expression, this.#close(node.thenStatement, isLast), otherwise);
  }

  /** `depth` counts the loops and switches around the node, from the one that ends the function. */
  #inLoop(node: ts.Node, depth: number): ts.Node {
    if (isFunctionLike(node)) return node;
    if (isBareReturn(node)) return depth === 1 ? this.#f.createBreakStatement() : this.#returnVoid(node);
    const inner = ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) ? depth + 1 : depth;
    return ts.visitEachChild(node, (child) => this.#inLoop(child, inner), this.#context);
  }

  #returnVoid(node: ts.Node): ts.Statement {
    return ts.setTextRange(this.#f.createReturnStatement(this.#f.createIdentifier("__void")), node);
  }
}

function isBareReturn(node: ts.Node): boolean {
  return ts.isReturnStatement(node) && !node.expression;
}

/** Runs nothing where it stands. */
function isNothing(node: ts.Statement): boolean {
  return ts.isEmptyStatement(node) || ts.isFunctionDeclaration(node) || isBareReturn(node);
}

/** A statement that the minifier may remove, or move up. */
function mayVanish(node: ts.Statement): boolean {
  if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) return !mayChangeState(node);
  return isNothing(node);
}
