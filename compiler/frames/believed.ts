/**
 * Where types cannot be believed: a column would turn what is no number into one, and nobody would notice.
 *
 *   app.js without // @ts-check, // @ts-nocheck   nobody checks the types of the file
 *   const n: number = JSON.parse(text)            `any` fits all types
 */
import ts from "typescript";
import { columnOf } from "./columns.js";
import type { Program } from "../program/program.js";
import type { Reason } from "./reasons.js";
import { isFunction } from "../syntax.js";

/** What makes the numbers of `fn`, a compiled function, doubtful. */
export function doubtsOf(program: Program, fn: ts.FunctionLikeDeclaration): Reason[] {
  const file = fn.getSourceFile();
  if (isUnchecked(file)) {
    const advice = isJavaScript(file) ? ": with // @ts-check, comments can say them" : "";
    return [{ node: fn, text: `it stands in a file whose types nobody checks${advice}` }];
  }
  const reasons: Reason[] = [];
  const visit = (node: ts.Node): void => {
    const given = givenIn(node);
    if (given !== undefined && program.isAny(given.value) && columnOf(program, given.name) !== undefined) {
      const text = `"${given.name.getText()}: ${program.values.typeText(given.name)}" is given an any, which may be no number`;
      reasons.push({ node: given.value, text });
    }
    if (node === fn || !isFunction(node)) ts.forEachChild(node, visit);
  };
  visit(fn);
  return reasons;
}

function isUnchecked(file: ts.SourceFile): boolean {
  const { checkJsDirective } = file as { checkJsDirective?: { enabled: boolean } };
  return !(checkJsDirective?.enabled ?? !isJavaScript(file));
}

function isJavaScript(file: ts.SourceFile): boolean {
  return /\.[cm]?jsx?$/.test(file.fileName);
}

/** The name that `node` gives a value, and that value. */
function givenIn(node: ts.Node): { name: ts.Node; value: ts.Expression } | undefined {
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
    return { name: node.name, value: node.initializer };
  const isAssignment =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left);
  return isAssignment ? { name: node.left, value: node.right } : undefined;
}
