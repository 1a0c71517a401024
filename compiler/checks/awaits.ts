/**
 * Awaits where no task can be suspended:
 *
 *   C104   in a function inside of a task, which its caller does not wait for
 *   C105   at the top of a module
 *   C109   in a function that is not async, or that no name leads to
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import {
  above,
  enclosing,
  hasAwait,
  isAwaitUsing,
  isFunction,
  isWithin,
  unwrapped,
  walkOwn,
  type AsyncNode,
} from "../syntax.js";
import { stageOf } from "../find/streams.js";
import { asyncTargetOf, isAsync } from "../find/targets.js";
import type { FileCheck } from "./files.js";

/** Refuses them in one file. */
export const checkAwaits: FileCheck = (program, compiled, file, refuse) => {
  new Checker(program, compiled, refuse).visit(file, false);
};

class Checker {
  constructor(
    private readonly program: Program,
    private readonly compiled: ReadonlyMap<ts.Node, AsyncFunction>,
    private readonly refuse: (refusal: Refusal) => void,
  ) {}

  /** `isInTask`: `node` lies in a compiled function, directly or in a function inside. */
  visit(node: ts.Node, isInTask: boolean): void {
    const isOwn = this.compiled.has(node);
    if (!isOwn && isInTask && isFunction(node)) this.innerFunction(node);
    if (ts.isAwaitExpression(node)) this.awaitExpression(node);
    ts.forEachChild(node, (child) => {
      this.visit(child, isOwn || isInTask);
    });
  }

  /** A function inside a task: it may not wait, since it is not the task that would be suspended. */
  private innerFunction(node: ts.FunctionLikeDeclaration): void {
    if (!isAsync(node) && (node.asteriskToken !== undefined || !hasAwait(node.body!))) return;
    if (isAsync(node) && !this.waitsAsTasksDo(node)) return;
    // Told by streams.ts.
    if (stageOf(this.program, node.parent) !== undefined) return;
    const at = firstAwait(node.body!) ?? node;
    this.refuse(
      new Refusal("C104", at, `await inside ${whereOf(node)} cannot suspend the task. ${adviceOf(node)}`),
    );
  }

  /** Whether `node` may wait for what only a task can: anything but promises and plain values. */
  private waitsAsTasksDo(node: AsyncNode): boolean {
    let isFound = false;
    walkOwn(node, (each) => {
      if (ts.isAwaitExpression(each)) isFound ||= this.isOfTasks(unwrapped(each.expression));
      else isFound ||= !ts.isExpression(each) && isOwnWait(each);
    });
    return isFound;
  }

  private isOfTasks(operand: ts.Expression): boolean {
    const target = asyncTargetOf(this.program, operand);
    if (target !== undefined && this.compiled.has(target)) return true;
    return this.program.isEither(operand) || this.program.isAny(operand);
  }

  private awaitExpression(node: ts.AwaitExpression): void {
    const fn = enclosing(node);
    if (fn === undefined) {
      // Modules for hosts may wait while they are loaded, as long as it is not for a future.
      const isForBoards = this.program.isForBoards(node.getSourceFile());
      if (!isForBoards && !this.program.isFuture(node.expression)) return;
      this.refuse(
        new Refusal("C105", node, "await outside a task. Put it in a task() and spawn that in main()"),
      );
    } else if (!isAsync(fn) && isWithin(node, fn.body!)) {
      // Inside a task that is C104, or what streams.ts tells.
      if (this.isInsideTask(fn)) return;
      const advice = nameOf(fn) ?? "async before it";
      this.refuse(new Refusal("C109", node, `await in a function that is not async. Write ${advice}`));
    } else if (!this.compiled.has(fn) && this.program.isFuture(node.expression)) {
      const what = "await of a future in a function that no task awaits";
      if (!this.isInsideTask(fn))
        this.refuse(new Refusal("C109", node, `${what}. Call it from a task, or make it one`));
    }
  }

  private isInsideTask(node: ts.Node): boolean {
    for (let up: ts.Node | undefined = node; up !== undefined; up = above(up))
      if (this.compiled.has(up)) return true;
    return false;
  }
}

function nameOf(fn: ts.FunctionLikeDeclaration): string | undefined {
  return ts.isFunctionDeclaration(fn) && fn.name !== undefined ? `async function ${fn.name.text}` : undefined;
}

/** Whether `node`, no expression, waits by itself. */
function isOwnWait(node: ts.Node): boolean {
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  return ts.isVariableDeclarationList(node) && isAwaitUsing(node);
}

function firstAwait(node: ts.Node): ts.Node | undefined {
  if (ts.isAwaitExpression(node)) return node;
  return ts.forEachChild(node, firstAwait);
}

function whereOf(fn: ts.Node): string {
  const call = fn.parent;
  if (ts.isCallExpression(call)) {
    const callee = call.expression;
    return `the callback of "${ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()}"`;
  }
  return "an inner function";
}

function adviceOf(fn: ts.Node): string {
  const advice = "Give the function a name, or move it to the top of the module, and await its call";
  return ts.isCallExpression(fn.parent) ? "Use a for loop" : advice;
}
