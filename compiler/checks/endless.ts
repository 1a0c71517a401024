/** Loops without an end: the state that a task is in for good. */
import ts from "typescript";
import { isLongLoop } from "../graph/long-loops.js";
import { hasReturn, isFunction, jumpsOut } from "../syntax.js";

/** Whether `node` is a loop that only a throw or a cancel ends. */
export function neverEnds(node: ts.Node): node is ts.IterationStatement {
  if (!isLongLoop(node)) return false;
  const test = ts.isForStatement(node) ? node.condition : node.expression;
  const isOpen = test === undefined || isAlways(test);
  return isOpen && !hasReturn(node) && !jumpsOut(node) && !hasOwnBreak(node.statement);
}

/** Whether `test` holds for ever, as written: `true`, `1`. */
export function isAlways(test: ts.Expression): boolean {
  return test.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(test) && Number(test.text) !== 0);
}

/** Whether `node` has a break of the loop around it. */
function hasOwnBreak(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return true;
  if (isFunction(node) || ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)) return false;
  return ts.forEachChild(node, (child) => hasOwnBreak(child) || undefined) === true;
}
