/**
 * Rewrites the `do` loops that Espruino gets wrong.
 *
 * Two traps: `do try{}catch(e){} while(x)` is a syntax error (the minifier takes braces away, so braces do not help),
 * and a `do` loop in a `switch` that a `break` has already left starts to run again. A `for` loop with a first-round
 * flag means the same, `continue` included, and has neither.
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";

/** The transformer. */
export const replaceDoLoops: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const asFor = (node: ts.DoStatement): ts.Statement => {
    const again = f.createUniqueName("again");
    const start = f.createVariableDeclaration(again, undefined, undefined, f.createTrue());
    const step = f.createAssignment(again, node.expression);
    const loop = f.createForStatement(f.createVariableDeclarationList([start]), again, step, node.statement);
    return ts.setTextRange(loop, node);
  };
  const visit = (inSwitch: boolean) => (node: ts.Node): ts.Node => {
    const inside = isFunctionLike(node) ? false : inSwitch || ts.isSwitchStatement(node);
    const result = ts.visitEachChild(node, visit(inside), context);
    return ts.isDoStatement(result) && (inSwitch || holdsTry(result.statement)) ? asFor(result) : result;
  };
  return ts.visitNode(file, visit(false)) as ts.SourceFile;
};

/** Any `try` in the body may end up as its last statement once the minifier has removed the others. */
function holdsTry(node: ts.Node): boolean {
  if (ts.isTryStatement(node)) return true;
  return !isFunctionLike(node) && ts.forEachChild(node, holdsTry) === true;
}
