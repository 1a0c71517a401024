/**
 * C233: loops that wait without an await. They are given pauses (rounds.ts), so that others run; but the engine never
 * sleeps meanwhile.
 *
 *   while (pin.read() === 0) {}        a pin, an edge of which can be awaited
 *   for (;;) if (pin.read()) break;    the same
 *   while (!isDone) {}                 what only others can change: a flag, the time
 *   for (;;) count++;                  no end at all
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { isLongLoop, type LongLoop } from "../graph/long-loops.js";
import { hasAwait, isAssignment, isReference, some } from "../syntax.js";
import type { Check } from "./check.js";
import { isAlways, neverEnds } from "./endless.js";

export const checkLoops: Check = ({ program, functions }, report) => {
  for (const fn of functions) {
    for (const loop of fn.longLoops) {
      if (!isLongLoop(loop) || hasAwait(loop)) continue;
      const problem = problemOf(program, loop);
      if (problem !== undefined) report("C233", loop, problem);
    }
  }
};

function problemOf(program: Program, loop: LongLoop): string | undefined {
  if (neverEnds(loop) && !some(loop, ts.isThrowStatement)) {
    return "this loop never ends and never waits. Await something in it, e.g. sleep(ms(10))";
  }
  const test = testOf(loop);
  if (test === undefined) return undefined;
  const pin = pinIn(program, test);
  if (pin !== undefined) {
    return `this loop asks "${pin}" again and again, and the engine never sleeps. Await an edge: ${pin}.anyEdge()`;
  }
  if (mayChange(program, loop, test)) return undefined;
  return "this loop waits without an await, and the engine never sleeps. Await a Signal that is set when it is over";
}

/** What decides whether there is another round: the loop's condition, or that of an `if` which is all that it does. */
function testOf(loop: LongLoop): ts.Expression | undefined {
  const test = ts.isForStatement(loop) ? loop.condition : loop.expression;
  if (test !== undefined && !isAlways(test)) return test;
  const only = onlyStatement(loop.statement);
  if (!ts.isIfStatement(only) || only.elseStatement !== undefined) return undefined;
  const leaves = onlyStatement(only.thenStatement);
  const isEmpty = ts.isReturnStatement(leaves) && leaves.expression === undefined;
  return ts.isBreakStatement(leaves) || isEmpty ? only.expression : undefined;
}

function onlyStatement(node: ts.Statement): ts.Statement {
  return ts.isBlock(node) && node.statements.length === 1 ? onlyStatement(node.statements[0]!) : node;
}

/** The input whose level `test` reads. */
function pinIn(program: Program, test: ts.Node): string | undefined {
  if (program.isOwnCall(test, "InputPin", "read")) {
    return (test.expression as ts.PropertyAccessExpression).expression.getText();
  }
  return ts.forEachChild(test, (child) => pinIn(program, child));
}

/** Whether `call` reads a clock, which changes nothing. */
function isClock(program: Program, call: ts.CallExpression): boolean {
  return program.ownNameOf(call.expression) === "now" || program.isOwnCall(call, "Clock", "now");
}

/** Whether a round may change what `test` gives: by a call, or an assignment to what it reads or to any property. */
function mayChange(program: Program, loop: LongLoop, test: ts.Expression): boolean {
  const read = new Set<ts.Symbol | undefined>();
  some(test, (node) => {
    if (ts.isIdentifier(node) && isReference(node)) read.add(program.symbolOf(node));
    return false;
  });
  return some(loop, (node) => {
    if (ts.isCallExpression(node)) return !isClock(program, node);
    if (ts.isNewExpression(node)) return true;
    if (!isAssignment(node)) return false;
    const target = ts.isBinaryExpression(node) ? node.left : node.operand;
    return !ts.isIdentifier(target) || read.has(program.symbolOf(target));
  });
}
