/**
 * What only a compiler can see: futures that nobody awaits, and awaits where no task can be suspended. Each finding
 * has a code that docs/messages.md explains.
 */
import ts from "typescript";
import { Refusal } from "./diagnostics.js";
import type { AsyncFunction } from "./find-tasks.js";
import { asyncFunctionOf, asyncTargetOf } from "./targets.js";
import type { Program } from "./program.js";
import type { Reuse } from "./reuse.js";
import { above, hasAwait, isFunction, isLazy, isReference, unwrapped } from "./syntax.js";

/** Checks all of the author's files. */
export function check(
  program: Program,
  functions: readonly AsyncFunction[],
  reuse: Reuse,
  refuse: (refusal: Refusal) => void,
): void {
  const compiled = new Map<ts.Node, AsyncFunction>(functions.map((fn) => [fn.node, fn]));
  for (const file of program.authored) {
    const refusals = reuse.finding(file, "check", () => {
      const found: Refusal[] = [];
      new Checker(program, compiled, (refusal) => found.push(refusal)).visit(file, null);
      return found;
    });
    refusals.forEach(refuse);
  }
}

class Checker {
  constructor(
    private readonly program: Program,
    private readonly compiled: ReadonlyMap<ts.Node, AsyncFunction>,
    private readonly refuse: (refusal: Refusal) => void,
  ) {}

  /** `task` is the compiled function that `node` lies in, directly or in a function inside. */
  visit(node: ts.Node, task: AsyncFunction | null): void {
    const own = this.compiled.get(node);
    if (own === undefined && task !== null && isFunction(node)) this.innerFunction(node);
    if (ts.isAwaitExpression(node)) this.awaitExpression(node);
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) this.reference(node);
    if (ts.isCallExpression(node)) this.call(node, this.compiled.get(enclosing(node)!) !== undefined);
    ts.forEachChild(node, (child) => {
      this.visit(child, own ?? task);
    });
  }

  /** A function inside a task: it may not wait, since it is not the task that would be suspended. */
  private innerFunction(node: ts.FunctionLikeDeclaration): void {
    const isAsync = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0;
    if (!isAsync && (node.asteriskToken !== undefined || !hasAwait(node.body!))) return;
    const at = firstAwait(node.body!) ?? node;
    this.refuse(
      new Refusal("C104", at, `await inside ${whereOf(node)} cannot suspend the task. ${adviceOf(node)}`),
    );
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

  /** A compiled function is no value: it can only be called, exported and made a task. */
  private reference(node: ts.Identifier | ts.PropertyAccessExpression): void {
    if (ts.isIdentifier(node) && !isReference(node)) return;
    const target = asyncFunctionOf(this.program, node);
    if (target === undefined || !this.compiled.has(target)) return;
    const up = parentOf(node);
    const isPart = ts.isPropertyAccessExpression(up) || ts.isExportAssignment(up);
    const isCalled = ts.isCallExpression(up) && unwrapped(up.expression) === node;
    const isTask = ts.isCallExpression(up) && this.program.ownNameOf(up.expression) === "task";
    if (isPart || isCalled || isTask) return;
    const text = node.getText();
    this.refuse(
      new Refusal("C204", node, `"${text}" is compiled and has no value here. Call it where you need it`),
    );
  }

  private call(node: ts.CallExpression, isInTask: boolean): void {
    const target = asyncTargetOf(this.program, node);
    const isCompiled = target !== undefined && this.compiled.has(target);
    if (!isCompiled && !this.program.isFuture(node)) return;
    if (isCompiled && target.asteriskToken !== undefined) {
      this.generatorCall(node);
      return;
    }
    const use = this.useOf(node);
    if (!isCompiled && !isInTask && use !== "consumed" && this.isOutside(node)) {
      this.outside(node);
      return;
    }
    // A helper may make a future and give it to the task that called it, in whatever way.
    if (!isCompiled && !isInTask && use !== "dropped") return;
    if (use === "consumed") return;
    const name = node.expression.getText();
    if (use === "dropped") {
      this.refuse(
        new Refusal(
          "C201",
          node,
          `this ${name}() is never awaited, so it never ${isCompiled ? "runs" : "ends"}. Write await ${name}(...)`,
          !isCompiled,
        ),
      );
    } else if (isCompiled) {
      this.refuse(
        new Refusal(
          "C202",
          node,
          `${name}() must be awaited where it is called: under await, select() or timeout()`,
        ),
      );
    } else if (use !== "named") {
      this.refuse(
        new Refusal(
          "C203",
          node,
          `the future of ${name}() is passed on. Await it here, or name it with const and await the name`,
        ),
      );
    }
  }

  /** A generator has its frame in the loop that goes over it, and no object that it could be. */
  private generatorCall(node: ts.CallExpression): void {
    const up = parentOf(node);
    if (ts.isForOfStatement(up) && up.awaitModifier !== undefined) return;
    if (ts.isYieldExpression(up) && up.asteriskToken !== undefined) return;
    const what = `"${node.expression.getText()}" is an async generator, which tasks go over where it is called`;
    this.refuse(new Refusal("C132", node, `${what}. Write for await (const item of ${node.getText()})`));
  }

  /** Whether `node` runs in `main` or when its module is loaded. */
  private isOutside(node: ts.Node): boolean {
    const fn = enclosing(node);
    return fn === undefined || fn === this.program.main;
  }

  private outside(node: ts.CallExpression): void {
    const where = enclosing(node) === undefined ? "the top of a module" : "main()";
    const callee = node.expression.getText();
    const advice = /\.send$/.test(callee) ? "Put it in a task, or write trySend(...)" : "Put it in a task";
    const message = `${callee}() needs a task that waits for it, and ${where} is none. ${advice}`;
    this.refuse(new Refusal("C205", node, message));
  }

  /** What happens to the value of the call `node`. */
  private useOf(node: ts.CallExpression): "consumed" | "named" | "dropped" | "passed" {
    let child: ts.Node = node;
    for (let up = node.parent; ; child = up, up = up.parent) {
      if (ts.isAwaitExpression(up) || ts.isReturnStatement(up)) return "consumed";
      if (ts.isArrowFunction(up)) return up.body === child ? "consumed" : "passed";
      if (ts.isExpressionStatement(up) || ts.isVoidExpression(up)) return "dropped";
      if (ts.isVariableDeclaration(up)) return ts.isIdentifier(up.name) ? "named" : "passed";
      if (ts.isCallExpression(up) || ts.isObjectLiteralExpression(up)) {
        return this.isArm(child, up) ? "consumed" : "passed";
      }
      const isThrough =
        ts.isPropertyAssignment(up) ||
        (ts.isConditionalExpression(up) && up.condition !== child) ||
        (ts.isBinaryExpression(up) && isLazy(up) && up.right === child) ||
        (ts.isExpression(up) && unwrapped(up) === unwrapped(child as ts.Expression));
      if (!isThrough) return "passed";
    }
  }

  /** Whether `node`, which lies directly in `up`, is an arm of a select or what a timeout is for. */
  private isArm(node: ts.Node, up: ts.CallExpression | ts.ObjectLiteralExpression): boolean {
    const call = ts.isCallExpression(up) ? up : parentOf(up);
    if (!ts.isCallExpression(call)) return false;
    const own = this.program.ownNameOf(call.expression);
    if (own === "timeout") return call === up && call.arguments[0] === node;
    return own === "select" && call !== up;
  }
}

/** What `node` is a part of, parentheses and types around it left out. */
function parentOf(node: ts.Expression): ts.Node {
  let up = node.parent;
  while (ts.isExpression(up) && unwrapped(up) === unwrapped(node)) up = up.parent;
  return up;
}

function enclosing(node: ts.Node): ts.Node | undefined {
  let up = above(node);
  while (up !== undefined && !isFunction(up)) up = above(up);
  return up;
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
  return "a function inside";
}

function adviceOf(fn: ts.Node): string {
  const advice = "Give the function a name, or move it to the top of the module, and await its call";
  return ts.isCallExpression(fn.parent) ? "Use a for loop" : advice;
}
