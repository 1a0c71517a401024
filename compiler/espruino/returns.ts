/**
 * Keeps a bare `return` away from the end of a function.
 *
 * Espruino stops with "Unexpected end of Input" when the last thing in a function is `return` without `;`. The minifier
 * writes just that for a function that ends in a loop: `function f(){for(;;)if(b())return}`. In such a loop a `return`
 * means the same as `break`; from a deeper one it returns a variable that is always undefined.
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";

/** The transformer; runs after `do` loops have become `for` loops. */
export const closeReturns: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const inLoop =
    (depth: number) =>
    (node: ts.Node): ts.Node => {
      if (isFunctionLike(node)) return visit(node);
      if (ts.isReturnStatement(node) && !node.expression) {
        const next =
          depth === 1 ? f.createBreakStatement() : f.createReturnStatement(f.createIdentifier("__void"));
        return ts.setTextRange(next, node);
      }
      const inner = ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) ? depth + 1 : depth;
      return ts.visitEachChild(node, inLoop(inner), context);
    };
  const inTail =
    (tails: ReadonlySet<ts.Node>) =>
    (node: ts.Node): ts.Node => {
      if (isFunctionLike(node)) return visit(node);
      return tails.has(node) ? inLoop(0)(node) : ts.visitEachChild(node, inTail(tails), context);
    };
  const visit = (node: ts.Node): ts.Node => {
    const tails = new Set<ts.Node>();
    if (isFunctionLike(node) && node.body && ts.isBlock(node.body)) collectTailLoops(node.body, tails);
    return ts.visitEachChild(node, inTail(tails), context);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** The loops that end a function, once the minifier has removed what does nothing after them. */
function collectTailLoops(node: ts.Statement, found: Set<ts.Node>): void {
  if (ts.isIterationStatement(node, false)) found.add(node);
  if (ts.isIfStatement(node)) {
    collectTailLoops(node.thenStatement, found);
    if (node.elseStatement) collectTailLoops(node.elseStatement, found);
  }
  if (!ts.isBlock(node)) return;
  for (let i = node.statements.length - 1; i >= 0; i--) {
    const statement = node.statements[i];
    if (!statement) return;
    collectTailLoops(statement, found);
    if (!mayVanish(statement)) return;
  }
}

/** A statement that the minifier may remove or move up. */
function mayVanish(node: ts.Statement): boolean {
  if (ts.isEmptyStatement(node) || ts.isFunctionDeclaration(node) || ts.isVariableStatement(node))
    return true;
  if (ts.isReturnStatement(node)) return !node.expression;
  return ts.isExpressionStatement(node) && !ts.isCallExpression(node.expression);
}
