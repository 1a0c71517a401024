/**
 * C233: loops that wait without an await. They are given pauses (rounds.ts), so that others run; but the engine never
 * sleeps meanwhile.
 *
 *   while (pin.read() === 0) {}        a pin, an edge of which can be awaited
 *   while (!isDone) {}                 what only others can change: a flag, the time
 *   for (;;) count++;                  no end at all
 */
import ts from "typescript";
import type { Program } from "../program.js";
import { isLongLoop, type LongLoop } from "../long-loops.js";
import { hasAwait, hasReturn, isAssignment, isFunction, isReference, jumpsOut, some } from "../syntax.js";
import type { Check } from "./check.js";

export const checkLoops: Check = (program, functions, warn) => {
  for (const fn of functions) {
    for (const loop of fn.longLoops) {
      if (!isLongLoop(loop) || hasAwait(loop)) continue;
      const problem = problemOf(program, loop);
      if (problem !== undefined) warn("C233", loop, problem);
    }
  }
};

function problemOf(program: Program, loop: LongLoop): string | undefined {
  const test = ts.isForStatement(loop) ? loop.condition : loop.expression;
  if (test === undefined || test.kind === ts.SyntaxKind.TrueKeyword) {
    return isLeft(loop)
      ? undefined
      : "this loop never ends and never waits. Await something in it, e.g. sleep(ms(10))";
  }
  const pin = pinIn(program, test);
  if (pin !== undefined) {
    return `this loop asks "${pin}" again and again, and the engine never sleeps. Await an edge: ${pin}.anyEdge()`;
  }
  if (mayChange(program, loop, test)) return undefined;
  return "this loop waits without an await, and the engine never sleeps. Await a Signal that is set when it is over";
}

/** Whether something in an endless loop leads out of it. */
function isLeft(loop: LongLoop): boolean {
  return hasReturn(loop) || jumpsOut(loop) || some(loop, ts.isThrowStatement) || hasOwnBreak(loop.statement);
}

/** Whether `node` has a break of the loop around it. */
function hasOwnBreak(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return true;
  if (isFunction(node) || ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)) return false;
  return ts.forEachChild(node, (child) => hasOwnBreak(child) || undefined) === true;
}

/** The input whose level `test` reads. */
function pinIn(program: Program, test: ts.Node): string | undefined {
  if (ts.isCallExpression(test) && ts.isPropertyAccessExpression(test.expression)) {
    const { expression, name } = test.expression;
    if (name.text === "read" && program.isInput(expression)) return expression.getText();
  }
  return ts.forEachChild(test, (child) => pinIn(program, child));
}

/** Whether a round may change what `test` gives: by a call, or an assignment to what it reads or to any property. */
function mayChange(program: Program, loop: LongLoop, test: ts.Expression): boolean {
  const read = new Set<ts.Symbol | undefined>();
  some(test, (node) => {
    if (ts.isIdentifier(node) && isReference(node)) read.add(program.symbolOf(node));
    return false;
  });
  return some(loop, (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return !program.isClock(node);
    if (!isAssignment(node)) return false;
    const target = ts.isBinaryExpression(node) ? node.left : node.operand;
    return !ts.isIdentifier(target) || read.has(program.symbolOf(target));
  });
}
