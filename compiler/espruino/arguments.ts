/**
 * `arguments` in an arrow function: it is that of the function around, which on Espruino an arrow has of its own.
 *
 *     function f() { return () => arguments[0]; }     function f() { var args = arguments; return () => args[0]; }
 */
import ts from "typescript";
import { above } from "../syntax.js";
import { isFunctionLike } from "./nodes.js";
import { linkParents } from "./scope.js";

/** The transformer; its input must be as parsed. */
export const nameArguments: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const f = context.factory;
  const renamed = (name: ts.Identifier) => {
    const visit = (node: ts.Node): ts.Node => {
      if (isFunctionLike(node) && !ts.isArrowFunction(node)) return node;
      return isArguments(node) && ts.findAncestor(node, isFunctionLike)?.kind === ts.SyntaxKind.ArrowFunction
        ? name
        : ts.visitEachChild(node, visit, context);
    };
    return visit;
  };
  const visit = (node: ts.Node): ts.Node => {
    // What was made anew has no parent: bodies of arrows, which own no arguments.
    const owner = ts.isBlock(node) ? above(node) : undefined;
    const isOwner = owner !== undefined && isFunctionLike(owner) && !ts.isArrowFunction(owner);
    if (!ts.isBlock(node) || !isOwner || !arrowAsks(node, false))
      return ts.visitEachChild(node, visit, context);
    const name = f.createUniqueName("args");
    const body = ts.visitEachChild(node, renamed(name), context);
    const declared = f.createVariableStatement(undefined, [
      f.createVariableDeclaration(name, undefined, undefined, f.createIdentifier("arguments")),
    ]);
    const inner = ts.visitEachChild(body, visit, context);
    return f.updateBlock(inner, [declared, ...inner.statements]);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

const isArguments = (node: ts.Node): boolean =>
  ts.isIdentifier(node) &&
  node.text === "arguments" &&
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node);

function arrowAsks(node: ts.Node, inArrow: boolean): boolean {
  if (inArrow && isArguments(node)) return true;
  if (isFunctionLike(node) && !ts.isArrowFunction(node)) return false;
  return ts.forEachChild(node, (child) => arrowAsks(child, inArrow || ts.isArrowFunction(node))) === true;
}
