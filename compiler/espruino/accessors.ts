/**
 * Assignments to accessors: Espruino calls the getter too, before the setter. Nobody can tell when the getter only
 * gives a value. Where one does more, assignments to its name look the setter up by themselves:
 *
 *     o.level = 3     __set(o, "level", 3)
 */
import ts from "typescript";
import { mayChangeState } from "./effects.js";
import { linkParents } from "./scope.js";

/** The transformer; its input must be as parsed. */
export const callSetters: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const names = namesOfBusyGetters(file);
  if (names.size === 0) return file;
  const f = context.factory;
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    if (!ts.isBinaryExpression(result) || result.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      return result;
    const { left, right } = result;
    if (!ts.isPropertyAccessExpression(left) || left.expression.kind === ts.SyntaxKind.SuperKeyword)
      return result;
    if (!names.has(left.name.text)) return result;
    const args = [left.expression, f.createStringLiteral(left.name.text), right];
    return ts.setTextRange(f.createCallExpression(f.createIdentifier("__set"), undefined, args), node);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** Names with a setter, and a getter that runs code. */
function namesOfBusyGetters(file: ts.SourceFile): Set<string> {
  const setters = new Set<string>();
  const busy = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isAccessor(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))) {
      if (ts.isSetAccessor(node)) setters.add(node.name.text);
      else if (node.body && doesMore(node.body)) busy.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return new Set([...busy].filter((name) => setters.has(name)));
}

function doesMore(node: ts.Node): boolean {
  return ts.isThrowStatement(node) || mayChangeState(node) || ts.forEachChild(node, doesMore) === true;
}
