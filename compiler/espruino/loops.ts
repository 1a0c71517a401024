/**
 * Rewrites the `do` loops that Espruino gets wrong.
 *
 * Two traps: without braces, a body that ends in anything but a simple statement is a syntax error (the minifier takes
 * braces away, so writing them does not help), and a `do` loop in a `switch` that a `break` has already left starts to
 * run again. A `for` loop has neither:
 *
 *     for (;;) { body; if (!condition) break; }
 *     for (var again = true; again; again = condition) body      where the body holds a `continue`
 */
import ts from "typescript";
import { mayChangeState } from "./effects.js";
import { isFunctionLike } from "./nodes.js";

/** The transformer. */
export const replaceDoLoops: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const visit =
    (inSwitch: boolean) =>
    (node: ts.Node): ts.Node => {
      const inside = isFunctionLike(node) ? false : inSwitch || ts.isSwitchStatement(node);
      const result = ts.visitEachChild(node, visit(inside), context);
      if (!ts.isDoStatement(result) || (!inSwitch && isSimple(result.statement))) return result;
      return ts.setTextRange(asFor(result, context.factory), node);
    };
  return ts.visitNode(file, visit(false)) as ts.SourceFile;
};

/** A body that stays an expression, or a list in braces, whatever the minifier does. */
function isSimple(node: ts.Statement): boolean {
  if (ts.isBlock(node)) return node.statements.length > 0 && node.statements.every(isSimple);
  return ts.isExpressionStatement(node) && mayChangeState(node.expression);
}

function asFor(node: ts.DoStatement, f: ts.NodeFactory): ts.Statement {
  if (!holdsContinue(node.statement)) {
    const stop = f.createIfStatement(f.createLogicalNot(node.expression), f.createBreakStatement());
    const body = ts.isBlock(node.statement) ? node.statement.statements : [node.statement];
    return f.createForStatement(undefined, undefined, undefined, f.createBlock([...body, stop]));
  }
  const again = f.createUniqueName("again");
  const start = f.createVariableDeclaration(again, undefined, undefined, f.createTrue());
  const step = f.createAssignment(again, node.expression);
  return f.createForStatement(f.createVariableDeclarationList([start]), again, step, node.statement);
}

/** A `continue` that belongs to the loop whose body this is. */
function holdsContinue(node: ts.Node): boolean {
  if (ts.isContinueStatement(node)) return true;
  if (isFunctionLike(node) || ts.isIterationStatement(node, false)) return false;
  return ts.forEachChild(node, holdsContinue) === true;
}
