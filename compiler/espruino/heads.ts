/**
 * Loops whose head keeps a function over its own variables, which TypeScript's ES5 forgets to carry into the loop.
 *
 *     for (let i = 0, g = () => i; ...)     for (let [i, g] = (() => { let i = 0, g = () => i; return [i, g]; })(); ...)
 *
 * The function sees the variables of the head, which no step of the loop changes, so they can be another function's.
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";
import { analyse, linkParents, type Scopes } from "./scope.js";

/** The transformer; its input must be as parsed. */
export const closeHeads: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const scopes = analyse(file);
  const f = context.factory;
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    if (!ts.isForStatement(node) || !ts.isForStatement(result) || !keepsItself(node, scopes)) return result;
    const head = closed(result.initializer as ts.VariableDeclarationList, f);
    return f.updateForStatement(result, head, result.condition, result.incrementor, result.statement);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** Whether a function in the head mentions what the head declares. */
function keepsItself({ initializer: head }: ts.ForStatement, scopes: Scopes): boolean {
  if (!head || !ts.isVariableDeclarationList(head) || !(head.flags & ts.NodeFlags.BlockScoped)) return false;
  return head.declarations
    .flatMap((each) => namesIn(each.name))
    .some((name) => scopes.bindingOf(name)?.references.some((id) => isKept(id, head)));
}

/** Whether a function stands between a mention and the head it is in. */
function isKept(id: ts.Node, head: ts.Node): boolean {
  let isInFunction = false;
  for (let at = id.parent; !ts.isSourceFile(at); at = at.parent) {
    if (at === head) return isInFunction;
    isInFunction ||= isFunctionLike(at);
  }
  return false;
}

function closed(head: ts.VariableDeclarationList, f: ts.NodeFactory): ts.VariableDeclarationList {
  const names = head.declarations.flatMap((each) => namesIn(each.name).map((name) => name.text));
  const values = names.map((name) => f.createIdentifier(name));
  const result = f.createReturnStatement(f.createArrayLiteralExpression(values));
  const body = f.createBlock([f.createVariableStatement(undefined, head), result]);
  const run = f.createArrowFunction(undefined, undefined, [], undefined, undefined, body);
  const pattern = f.createArrayBindingPattern(
    names.map((name) => f.createBindingElement(undefined, undefined, name)),
  );
  const call = f.createCallExpression(f.createParenthesizedExpression(run), undefined, []);
  return f.createVariableDeclarationList(
    [f.createVariableDeclaration(pattern, undefined, undefined, call)],
    head.flags,
  );
}

function namesIn(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
}
