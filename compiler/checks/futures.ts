/**
 * Futures and calls of async functions that are not awaited where they are made:
 *
 *   C201   dropped                      C205   made in main, or at the top of a module
 *   C202   a call that is kept          C206   spawn() of a function
 *   C203   a future that is passed on   C207   handed to Promise.all() and its like
 *   C204   a compiled function as a value
 */
import ts from "typescript";
import { limitOf, makerOf } from "../combinators.js";
import { Refusal } from "../diagnostics.js";
import { noKind } from "../program/hints.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import { enclosing, isLazy, isReference, unwrapped, userOf, type AsyncNode } from "../syntax.js";
import { isCallback, isOfClass } from "../find/standing.js";
import { asyncFunctionOf, asyncTargetOf, isAsync } from "../find/targets.js";
import type { FileCheck } from "./files.js";

/** Refuses them in one file. */
export const checkFutures: FileCheck = (program, compiled, file, refuse) => {
  new Checker(program, compiled, refuse).visit(file);
};

class Checker {
  /** Calls of which all is said. */
  private readonly told = new Set<ts.Node>();
  /** What compiled methods of classes are called. */
  private readonly methodNames: ReadonlySet<string>;

  constructor(
    private readonly program: Program,
    private readonly compiled: ReadonlyMap<ts.Node, AsyncFunction>,
    private readonly refuse: (refusal: Refusal) => void,
  ) {
    const methods = [...compiled.values()].filter(({ node }) => isOfClass(node));
    this.methodNames = new Set(methods.map(({ node }) => node.name!.getText()));
  }

  visit(node: ts.Node): void {
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) this.reference(node);
    if (ts.isCallExpression(node)) {
      const isInTask = this.compiled.has(enclosing(node)!);
      if (isInTask) this.generatorStep(node);
      this.call(node, isInTask);
    }
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  /** A compiled function is no value, unless a task runs it as one: it is called, exported and made a task. */
  private reference(node: ts.Identifier | ts.PropertyAccessExpression): void {
    if (ts.isIdentifier(node) && !isReference(node)) return;
    const target = asyncFunctionOf(this.program, node) ?? this.seenThrough(node);
    if (target === undefined || !this.compiled.has(target)) return;
    const up = userOf(node);
    const isCalled = ts.isCallExpression(up) && unwrapped(up.expression) === node;
    const isTask = ts.isCallExpression(up) && this.program.ownNameOf(up.expression) === "task";
    if (isCalled || isTask || ts.isExportAssignment(up)) return;
    if (ts.isPropertyAccessExpression(up)) {
      this.ownMember(up);
      return;
    }
    if (this.compiled.get(target)!.tag > 0 && !isCallback(this.program, node)) return;
    const text = node.getText();
    if (ts.isCallExpression(up) && this.program.ownNameOf(up.expression) === "spawn") {
      if (up.arguments[0] === node) this.refuse(new Refusal("C206", node, noKind(text)));
      return;
    }
    this.refuse(
      new Refusal("C204", node, `"${text}" is compiled and has no value here. Call it where you need it`),
    );
  }

  /** A compiled method of a class that `node`, a member of an interface, may be. */
  private seenThrough(node: ts.Identifier | ts.PropertyAccessExpression): AsyncNode | undefined {
    if (ts.isIdentifier(node) || !this.methodNames.has(node.name.text)) return undefined;
    const up = node.parent;
    const isAssigned = ts.isBinaryExpression(up) && up.left === node;
    if (isAssigned || this.program.isAny(node.expression)) return undefined;
    const isCompiled = (each: ts.Node): each is AsyncNode => isOfClass(each) && this.compiled.has(each);
    return this.program.methods.membersFor(node).find(isCompiled);
  }

  /** What JavaScript gives each function, `call` and `length`, is not there; what a namespace adds is. */
  private ownMember(node: ts.PropertyAccessExpression): void {
    const declaration = this.program.symbolOf(node.name)?.valueDeclaration;
    if (declaration === undefined || !this.program.isDeclared(declaration)) return;
    const name = node.expression.getText();
    const what = `"${name}" is compiled, and has no "${node.name.text}" in a task`;
    this.refuse(new Refusal("C204", node, `${what}. Call it: await ${name}(...)`));
  }

  private call(node: ts.CallExpression, isInTask: boolean): void {
    const target = asyncTargetOf(this.program, node);
    const isCompiled = target !== undefined && this.compiled.has(target);
    if (this.told.has(node) || (!isCompiled && !this.program.isFuture(node))) return;
    if (this.chained(node)) return;
    if (isCompiled && target.asteriskToken !== undefined) {
      if (!isInTask) this.generatorCall(node);
      return;
    }
    const use = this.useOf(node);
    if (this.refusesRace(node, use)) return;
    const combinator = use === "passed" ? combinatorAround(node) : undefined;
    if (combinator !== undefined) {
      this.combined(combinator, isCompiled);
      return;
    }
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

  /** A race has its storage in the async function that awaits it, and is no future that could be kept or given on. */
  private refusesRace(node: ts.CallExpression, use: string): boolean {
    const own = this.program.ownNameOf(node.expression) ?? "";
    const fn = enclosing(node);
    const isKept = use === "named" || (use === "consumed" && (fn === undefined || !isAsync(fn)));
    if (!/^(select|timeout|deadline)$/.test(own) || !isKept || this.compiled.get(fn!)?.tag) return false;
    const advice = use === "named" ? "Await it here" : "Make the function async, and await its call";
    this.refuse(new Refusal("C151", node, `${own}() is awaited where it stands. ${advice}`));
    return true;
  }

  /** `future.then(...)`: there is no such method at run time. */
  private chained(node: ts.CallExpression): boolean {
    const { expression } = node;
    if (!ts.isPropertyAccessExpression(expression) || !/^(then|catch|finally)$/.test(expression.name.text))
      return false;
    const what = unwrapped(expression.expression);
    if (!this.program.isFuture(what)) return false;
    this.told.add(what);
    const text = ts.isCallExpression(what) ? `${what.expression.getText()}(...)` : what.getText();
    const message = `a future has no ${expression.name.text}(). Write await ${text}, and what comes then below it`;
    this.refuse(new Refusal("C203", expression.name, message));
    return true;
  }

  /** Futures and calls in a combinator of promises. */
  private combined(node: ts.CallExpression, areCalls: boolean): void {
    if (this.told.has(node)) return;
    this.told.add(node);
    const name = node.expression.getText();
    const inTurn = "Name each with const, and await the names in turn: they run at the same time";
    const inTasks = "Spawn a task for each, and join them in turn";
    const isRace = /race|any/.test(name);
    const advice = isRace ? "Write select({ name: future, ... })" : areCalls ? inTasks : inTurn;
    this.refuse(new Refusal("C207", node, `${name}() takes promises, and these are none. ${advice}`));
  }

  /** An object of a generator that waits for futures is nothing that plain code could use. */
  private generatorCall(node: ts.CallExpression): void {
    const what = `"${node.expression.getText()}" is an async generator that waits for futures`;
    this.refuse(
      new Refusal("C132", node, `${what}. Call it in a task, or in an async function that tasks await`),
    );
  }

  /** A step of what may be the object of a compiled generator is awaited where it stands, and takes no value there. */
  private generatorStep(node: ts.CallExpression): void {
    const { expression } = node;
    if (!ts.isPropertyAccessExpression(expression) || !/^(next|return|throw)$/.test(expression.name.text))
      return;
    if (!this.program.hasGeneratorObjects || !this.program.isAsyncGenerator(expression.expression)) return;
    const name = expression.name.text;
    const up = userOf(node);
    const isAwaited = ts.isAwaitExpression(up) || ts.isReturnStatement(up) || ts.isArrowFunction(up);
    if (isAwaited && (name === "return" || (name === "next" && node.arguments.length === 0))) return;
    const what = `${node.getText()} may ask a generator that waits for futures`;
    const items = expression.expression.getText();
    const advice = isAwaited
      ? `Such a one is asked by ${items}.next(), and closed by ${items}.return()`
      : `Await it here`;
    this.refuse(new Refusal("C132", node, `${what}. ${advice}`));
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
      if (ts.isArrowFunction(up) && up.body === child) {
        return this.program.isVoidCallback(up) ? "dropped" : "consumed";
      }
      if (isDropped(child, up)) return "dropped";
      if (ts.isVariableDeclaration(up)) return ts.isIdentifier(up.name) ? "named" : "passed";
      // Something else is wrong with these, which the compiler says when it gets there.
      if (ts.isArrayLiteralExpression(up) && this.isListOfArms(up)) return "consumed";
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

  private isListOfArms({ parent }: ts.Node): boolean {
    return ts.isCallExpression(parent) && makerOf(this.program.ownNameOf(parent.expression)) !== undefined;
  }

  /** Whether `node`, which lies directly in `up`, is an arm of a select or what a timeout is for. */
  private isArm(node: ts.Node, up: ts.CallExpression | ts.ObjectLiteralExpression): boolean {
    const call = ts.isCallExpression(up) ? up : userOf(up);
    if (!ts.isCallExpression(call)) return false;
    const own = this.program.ownNameOf(call.expression);
    if (limitOf(own) !== undefined) return call === up && call.arguments[0] === node;
    return makerOf(own) !== undefined && call !== up;
  }
}

/** Whether `up` does nothing with the value of `node`. */
function isDropped(node: ts.Node, up: ts.Node): boolean {
  if (ts.isExpressionStatement(up) || ts.isVoidExpression(up)) return true;
  if (ts.isForStatement(up)) return up.initializer === node || up.incrementor === node;
  const isComma = ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.CommaToken;
  return isComma && up.left === node;
}

/** The call of `Promise.all` or its like that `node` is in the list of. */
function combinatorAround(node: ts.Node): ts.CallExpression | undefined {
  let up = node.parent;
  while (ts.isArrayLiteralExpression(up) || ts.isSpreadElement(up)) up = up.parent;
  if (!ts.isCallExpression(up)) return undefined;
  return /^Promise\.(all|allSettled|any|race)$/.test(up.expression.getText()) ? up : undefined;
}
