/**
 * Streams that are made of others, in places where no loop has their parts:
 *
 *   C260   no task goes over it where it is made
 *   C261   merge() of what is no channel
 *   C262   a part that may wait
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import { isStage, stageOf, streamAround } from "../find/streams.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import { above, enclosing, isReference, unwrapped } from "../syntax.js";
import type { FileCheck } from "./files.js";

/** What each takes besides its source. */
const SECOND = { map: "a function", filter: "a test", take: "a count", window: "a size", merge: "" };

/** Refuses them in one file. */
export const checkStreams: FileCheck = (program, compiled, file, refuse) => {
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node)) reference(program, node, refuse);
    if (ts.isCallExpression(node) && stageOf(program, node) !== undefined)
      check(program, compiled, node, refuse);
    ts.forEachChild(node, visit);
  };
  visit(file);
};

/** What makes a stream has no value: it is called. */
function reference(program: Program, node: ts.Identifier, refuse: (refusal: Refusal) => void): void {
  if (!isStage(program.ownNameOf(node))) return;
  let up: ts.Node = node;
  while (ts.isExpression(up) && unwrapped(up) === node) up = above(up)!;
  if (ts.isCallExpression(up) && unwrapped(up.expression) === node) return;
  const what = `"${node.text}" is compiled and has no value here`;
  refuse(new Refusal("C260", node, `${what}. Write for await (const item of ${node.text}(...))`));
}

function check(
  program: Program,
  compiled: ReadonlyMap<ts.Node, AsyncFunction>,
  node: ts.CallExpression,
  refuse: (refusal: Refusal) => void,
): void {
  const name = node.expression.getText();
  if (!isGoneOver(program, node)) {
    const what = `${name}() is gone over where it stands`;
    refuse(new Refusal("C260", node, `${what}. Write for await (const item of ${name}(...))`));
  } else if (streamAround(program, node) === undefined && !compiled.has(enclosing(node)!)) {
    const what = `${name}() needs a task that goes over it, and none awaits this function`;
    refuse(new Refusal("C260", node, `${what}. Call it from a task, or make it one`));
  }
  const stage = stageOf(program, node)!;
  const isWhole =
    stage === "merge" || (node.arguments.length > 1 && !node.arguments.some(ts.isSpreadElement));
  if (!isWhole) refuse(new Refusal("C260", node, `${name}() takes its source and ${SECOND[stage]} in place`));
  if (stage === "merge") {
    for (const source of node.arguments) arm(program, source, refuse);
    if (node.arguments.length === 0 || node.arguments.some(ts.isSpreadElement))
      refuse(new Refusal("C261", node, "merge() takes its channels in place. Write merge(channel, other)"));
  }
  const part = node.arguments[1];
  if ((stage === "map" || stage === "filter") && part !== undefined && program.givesThenable(part)) {
    const what = `the function of ${name}() gives a promise, and no part of a stream waits`;
    refuse(new Refusal("C262", part, `${what}. Await it in the body of the loop`));
  }
}

/** Whether a loop has `node`, or a stream that is made of it, in its head. */
function isGoneOver(program: Program, node: ts.CallExpression): boolean {
  if (streamAround(program, node) !== undefined) return true;
  let up = above(node)!;
  while (ts.isExpression(up) && unwrapped(up) === node) up = above(up)!;
  if (ts.isForOfStatement(up)) return up.awaitModifier !== undefined && unwrapped(up.expression) === node;
  return ts.isYieldExpression(up) && up.asteriskToken !== undefined;
}

/** A source of a merge: what is received from, in the end. */
function arm(program: Program, source: ts.Expression, refuse: (refusal: Refusal) => void): void {
  if (ts.isSpreadElement(source)) return;
  let base = unwrapped(source);
  for (let stage = stageOf(program, base); stage !== undefined; stage = stageOf(program, base)) {
    const first = (base as ts.CallExpression).arguments[0];
    if (stage === "merge" || first === undefined) break;
    base = unwrapped(first);
  }
  if (program.isChannel(base)) return;
  const isMerge = stageOf(program, base) === "merge";
  const what = `merge() takes channels, and "${base.getText()}" is ${isMerge ? "another merge" : "none"}`;
  const advice = isMerge ? "Give all of them to one merge()" : "Let a task send its items to a channel";
  refuse(new Refusal("C261", base, `${what}. ${advice}`));
}
