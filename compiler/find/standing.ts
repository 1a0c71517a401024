/** How a function stands where it is written: by which name others call it, and who else may. */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { isFunction, unwrapped, userOf } from "../syntax.js";
import { bodyOf } from "./targets.js";

/** The name by which others call `fn`. */
export function declarationOf(program: Program, fn: ts.Node): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name;
  let up = fn.parent;
  while (ts.isExpression(up) && !(ts.isCallExpression(up) && bodyOf(program, up) !== fn)) up = up.parent;
  const isConst = ts.isVariableDeclaration(up) && (ts.getCombinedNodeFlags(up) & ts.NodeFlags.Const) !== 0;
  if (!isConst) return undefined;
  const { name } = up as ts.VariableDeclaration;
  return ts.isIdentifier(name) ? name : undefined;
}

/** Whether `node`, a function or a name of one, has its place here as the body of a `const` or of a task. */
export function isNamed(program: Program, node: ts.Expression): boolean {
  const up = userOf(node);
  if (ts.isExportAssignment(up)) return true;
  if (ts.isCallExpression(up)) {
    const own = program.ownNameOf(up.expression);
    if (own === "task") return true;
    return own === "recursive" && isNamed(program, up);
  }
  const isConst = ts.isVariableDeclaration(up) && (ts.getCombinedNodeFlags(up) & ts.NodeFlags.Const) !== 0;
  return isConst && (isFunction(node) || ts.isCallExpression(node));
}

/** Whether `node` is given to a function of the engine or a library, which calls it. */
export function isCallback(program: Program, node: ts.Expression): boolean {
  const up = userOf(node);
  if (!ts.isCallExpression(up) && !ts.isNewExpression(up)) return false;
  const at = (up.arguments ?? []).findIndex((each) => unwrapped(each) === node);
  return at >= 0 && program.callsBack(up, at);
}

/** Whether `node` is a method that an object has by its class, and no value. */
export function isOfClass(node: ts.Node): boolean {
  return ts.isMethodDeclaration(node) && ts.isClassLike(node.parent);
}
