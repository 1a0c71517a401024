/**
 * Calls of async functions that are values, where no task waits for them (C150): what stands for such a function at run
 * time is for tasks alone.
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { flowsOf } from "../find/flows.js";
import { asyncTargetOf } from "../find/targets.js";
import type { Program } from "../program/program.js";
import { unwrapped } from "../syntax.js";
import type { FileCheck } from "./files.js";

/** Refuses them in one file. */
export const checkValues: FileCheck = (program, compiled, file, refuse) => {
  const functions = [...compiled.values()];
  if (functions.every((fn) => fn.tag === 0)) return;
  const awaited = new Set(functions.flatMap((fn) => [...fn.dispatches.keys()]));
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && !awaited.has(node)) check(program, compiled, node, refuse);
    ts.forEachChild(node, visit);
  };
  visit(file);
};

function check(
  program: Program,
  compiled: ReadonlyMap<ts.Node, AsyncFunction>,
  node: ts.CallExpression,
  refuse: (refusal: Refusal) => void,
): void {
  const callee = unwrapped(node.expression);
  if (program.ownNameOf(callee) !== undefined || program.isAny(node) || !program.isThenable(node)) return;
  if (asyncTargetOf(program, node) !== undefined || program.isCallOfLibrary(node)) return;
  const fn = flowsOf(program)
    .calleesOf(callee)
    .functions.map((each) => compiled.get(each))
    .find((each) => each !== undefined && each.tag > 0);
  if (fn === undefined) return;
  const what = `${node.expression.getText()}() may run "${fn.name}", which tasks run as a value, and no task awaits it here`;
  refuse(new Refusal("C150", node, `${what}. Await it in a task, or in an async function that tasks await`));
}
