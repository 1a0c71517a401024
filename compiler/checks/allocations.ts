/**
 * C232: what allocates in the steady state: in a loop that waits and never ends, or in an async function that such a
 * loop awaits. What it makes is garbage a moment later, and a board stops for its collection when it likes.
 *
 *   for (;;) {
 *     const reading = { at: clock.now() };        an object in each round
 *     await readings.send(reading);
 *   }
 *
 * Left out: what is written to the console, which takes text; what a `using` holds; what happens on the way to a throw or
 * in a `catch`.
 */
import ts from "typescript";
import { limitOf, makerOf } from "../combinators.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import { hasAwait, isFunction, isUsing, unwrapped, userOf, walkOwn } from "../syntax.js";
import { basesOf } from "../find/streams.js";
import { asyncTargetOf, isGoneOver, iteratedBy } from "../find/targets.js";
import type { Check } from "./check.js";
import { neverEnds } from "./endless.js";
import { isFresh } from "./fresh.js";

const K = ts.SyntaxKind;

export const checkAllocations: Check = ({ program, functions, reuse }, report) => {
  const compiled = new Map<ts.Node, AsyncFunction>(functions.map((fn) => [fn.node, fn]));
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  const steady = new Set<AsyncFunction>();
  const told = new Set<ts.Node>();
  const look = (fn: AsyncFunction, name: string, visit: (finder: Finder) => void): void => {
    const { found, awaited } = reuse.finding(fn.file, `${name} ${fn.id}`, () => {
      const finder = new Finder(program, compiled);
      visit(finder);
      return finder;
    });
    for (const { node, what, advice, when } of found) {
      if (!told.has(node)) report("C232", node, `${what} allocates ${when}. ${advice}`);
      told.add(node);
    }
    for (const id of awaited) steady.add(byId.get(id)!);
  };
  for (const fn of functions) {
    look(fn, "loops without end", (finder) => {
      finder.loops(fn.node.body!);
    });
  }
  // The set grows while it is walked.
  for (const fn of steady) {
    look(fn, "steady state", (finder) => {
      finder.visit(fn.node.body!, `each time that a loop without end awaits "${fn.name}"`);
    });
  }
};

/** Looks at one function. */
class Finder {
  readonly found: (Allocation & { readonly node: ts.Node; readonly when: string })[] = [];
  /** Ids of the functions that it awaits in the steady state. */
  readonly awaited: string[] = [];

  constructor(
    private readonly program: Program,
    private readonly compiled: ReadonlyMap<ts.Node, AsyncFunction>,
  ) {}

  /** Visits what the loops without end in `node` do. */
  loops(node: ts.Node): void {
    if (neverEnds(node) && hasAwait(node.statement)) {
      const head = ts.isForStatement(node) ? [node.condition, node.incrementor] : [];
      for (const each of [...head, node.statement]) {
        if (each !== undefined) this.visit(each, "in each round of a loop without end");
      }
    } else if (!isFunction(node)) ts.forEachChild(node, (child) => this.loops(child));
  }

  visit(node: ts.Node, when: string): void {
    if (ts.isThrowStatement(node) || ts.isCatchClause(node) || ts.isTypeNode(node)) return;
    if (this.program.isOwnCall(node, "Console", "write")) {
      // But for what it waits for first.
      walkOwn(node, (each) => {
        if (ts.isAwaitExpression(each)) this.visit(each.expression, when);
      });
      return;
    }
    const callee = ts.isCallExpression(node) ? asyncTargetOf(this.program, node) : undefined;
    const fn = callee && this.compiled.get(callee);
    if (fn !== undefined) this.awaited.push(fn.id);
    const made = this.compiled.has(node) ? undefined : this.allocationOf(node);
    if (made !== undefined) this.found.push({ ...made, node, when });
    if (made?.isWhole === true || isFunction(node)) return;
    ts.forEachChild(node, (child) => this.visit(child, when));
  }

  private allocationOf(node: ts.Node): Allocation | undefined {
    if (this.isGeneratorObject(node)) {
      const text = node.getText();
      return {
        what: "the object of a generator",
        advice: `Go over the call: for await (const item of ${text})`,
      };
    }
    if (!this.isPromiseWait(node)) return allocationOf(this.program, node);
    if (this.isStep(node)) {
      return { what: "a step of a generator", advice: "Go over the generator, with for await" };
    }
    const advice = "Let what settles it set a Signal, or send to a Channel, and await that";
    return { what: "a wait for a promise", advice };
  }

  private isGeneratorObject(node: ts.Node): boolean {
    if (!ts.isCallExpression(node) || isGoneOver(this.program, node)) return false;
    const target = asyncTargetOf(this.program, node);
    return target?.asteriskToken !== undefined && this.compiled.has(target);
  }

  /** Whether `node` awaits what may be an item of a compiled generator. */
  private isStep(node: ts.Node): boolean {
    const call = ts.isAwaitExpression(node) ? unwrapped(node.expression) : node;
    if (!this.program.hasGeneratorObjects || !ts.isCallExpression(call)) return false;
    const callee = unwrapped(call.expression);
    return ts.isPropertyAccessExpression(callee) && this.program.isAsyncGenerator(callee.expression);
  }

  /** Whether `node` waits for a promise: by `await`, or as an arm. */
  private isPromiseWait(node: ts.Node): boolean {
    if (ts.isAwaitExpression(node)) return this.isPromise(unwrapped(node.expression));
    if (!ts.isExpression(node) || ts.isObjectLiteralExpression(node)) return false;
    const isValue = ts.isPropertyAssignment(node.parent) && node.parent.initializer === node;
    const up = isValue ? node.parent.parent : node.parent;
    const isArm = ts.isObjectLiteralExpression(up) ? isArms(this.program, up) : this.isLimited(node, up);
    return isArm && this.isPromise(unwrapped(node));
  }

  private isLimited(node: ts.Expression, up: ts.Node): boolean {
    const isCall = ts.isCallExpression(up) && up.arguments[0] === node;
    return isCall && limitOf(this.program.ownNameOf(up.expression)) !== undefined;
  }

  private isPromise(node: ts.Expression): boolean {
    const target = asyncTargetOf(this.program, node);
    if (target !== undefined && this.compiled.has(target)) return false;
    if ([...this.compiled.values()].some((fn) => fn.dispatches.has(node))) return false;
    return this.program.isPromise(node) && !this.program.isFuture(node);
  }
}

/** What a node makes, in words, what to do instead, and whether its parts belong to it. */
interface Allocation {
  readonly what: string;
  readonly advice: string;
  readonly isWhole?: boolean;
}

function allocationOf(program: Program, node: ts.Node): Allocation | undefined {
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) {
    return { what: "this spread", advice: "Write into an array or object that is there already" };
  }
  if (ts.isObjectLiteralExpression(node)) {
    if (isArms(program, node) || isTarget(node) || hasSpread(node)) return undefined;
    return { what: "this object", advice: adviceOf(program, node, "change its fields") };
  }
  if (ts.isArrayLiteralExpression(node)) {
    if (isTarget(node) || hasSpread(node)) return undefined;
    return { what: "this array", advice: adviceOf(program, node, "change its elements") };
  }
  if (isFunction(node))
    return { what: "this function", advice: "Make it once, before the loop", isWhole: true };
  if (ts.isClassLike(node))
    return { what: "this class", advice: "Declare it at the top level", isWhole: true };
  if (ts.isNewExpression(node) && !isResource(node))
    return { what: `new ${node.expression.getText()}`, advice: "Make it once and use it again" };
  if (ts.isRegularExpressionLiteral(node)) {
    return { what: "this regular expression", advice: "Make it at the top level of the module" };
  }
  if (ts.isForOfStatement(node))
    return (node.awaitModifier === undefined ? iteration : asyncIteration)(program, node);
  if (ts.isCallExpression(node)) return callAllocation(program, node);
  return textOf(program, node);
}

/** What keeps its argument for another task. */
const HANDS_ON = [
  ...["Channel", "DropNewestChannel", "DropOldestChannel", "PriorityChannel"].flatMap((owner) => [
    [owner, "send"] as const,
    [owner, "trySend"] as const,
  ]),
  ["PubSub", "publish"],
  ["Signal", "set"],
  ["Watch", "set"],
] as const;

/** What is handed on may still be in a channel when the next round changes it. */
function adviceOf(program: Program, node: ts.Expression, change: string): string {
  const { parent } = node;
  return HANDS_ON.some(([owner, method]) => program.isOwnCall(parent, owner, method))
    ? "Hand on a number, or one of a few that are made once and take turns"
    : `Make it once and ${change}`;
}

function iteration(program: Program, node: ts.ForOfStatement): Allocation | undefined {
  if (program.isIndexed(node.expression) || program.isAny(node.expression)) return undefined;
  const name = node.expression.getText().replace(/\s+/g, " ");
  return { what: `for-of over "${name}", by an iterator,`, advice: "Use an array, or count" };
}

function asyncIteration(program: Program, { expression }: ts.ForOfStatement): Allocation | undefined {
  // What may be the object of a generator allocates where that is made.
  if (program.hasGeneratorObjects) return undefined;
  const isOwn = (base: ts.Expression): boolean =>
    program.isChannel(base) || iteratedBy(program, base) !== undefined;
  if (basesOf(program, expression).every(isOwn)) return undefined;
  const name = expression.getText().replace(/\s+/g, " ");
  return { what: `for await over "${name}", by promises,`, advice: "Let it send to a Channel" };
}

function callAllocation(program: Program, node: ts.CallExpression): Allocation | undefined {
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression) && expression.name.text === "bind") {
    return { what: "bind()", advice: "Bind it once, before the loop" };
  }
  if (isFresh(program, node)) {
    const advice = "Keep what it is made of, or use one array or object again";
    return { what: `${nameOf(expression)}()`, advice, isWhole: !hasAwait(node) };
  }
  const target = program.signatureOf(node);
  if (target === undefined || program.isDeclared(target) || !ts.isFunctionLike(target)) return undefined;
  const rest = target.parameters.findIndex((each) => each.dotDotDotToken !== undefined);
  if (rest < 0) return undefined;
  const name = expression.getText();
  return {
    what: `the list for the rest parameter of ${name}()`,
    advice: "Give it an array that is there already",
  };
}

/** `slice` of `readings.filter(isGood).slice`. */
function nameOf(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

/** Texts that are put together anew. */
function textOf(program: Program, node: ts.Node): Allocation | undefined {
  const advice = "Keep the parts, and put them together where the text is needed";
  if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent)) {
    return { what: "this template", advice, isWhole: !hasAwait(node) };
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const operator = node.operatorToken.kind;
  if (operator !== K.PlusToken && operator !== K.PlusEqualsToken) return undefined;
  if (!program.isText(node) || isConstant(node)) return undefined;
  return { what: "putting texts together", advice, isWhole: !hasAwait(node) };
}

function isConstant(node: ts.Expression): boolean {
  const inner = unwrapped(node);
  return (
    ts.isLiteralExpression(inner) ||
    (ts.isBinaryExpression(inner) && isConstant(inner.left) && isConstant(inner.right))
  );
}

/** Whether `node` is the arms of a select, which are no object at run time. */
function isArms(program: Program, node: ts.ObjectLiteralExpression): boolean {
  const up = userOf(node);
  return ts.isCallExpression(up) && makerOf(program.ownNameOf(up.expression)) !== undefined;
}

/** Whether `node` is what a `using` holds: to be short-lived is its point. */
function isResource(node: ts.Node): boolean {
  const up = node.parent;
  return ts.isVariableDeclaration(up) && ts.isVariableDeclarationList(up.parent) && isUsing(up.parent);
}

/** Whether `node` is taken apart, not made. */
function isTarget(node: ts.Expression): boolean {
  const up = node.parent;
  if (ts.isBinaryExpression(up)) return up.operatorToken.kind === K.EqualsToken && up.left === node;
  if (ts.isForOfStatement(up) || ts.isForInStatement(up)) return up.initializer === node;
  if (ts.isParenthesizedExpression(up)) return isTarget(up);
  const isPart = ts.isArrayLiteralExpression(up) || ts.isPropertyAssignment(up);
  return isPart && isTarget(ts.isPropertyAssignment(up) ? up.parent : up);
}

/** The spread says it already. */
function hasSpread(node: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): boolean {
  const parts: readonly ts.Node[] = ts.isArrayLiteralExpression(node) ? node.elements : node.properties;
  return parts.some((each) => ts.isSpreadElement(each) || ts.isSpreadAssignment(each));
}
