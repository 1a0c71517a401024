/**
 * Pass 0: async functions that tasks await, and that other code uses as promises too: they stay plain, and a task awaits
 * their promise.
 *
 *   await load(1)                           a task alone: its frame is the task's, nothing is allocated
 *   await Promise.all([load(1), load(2)])   a promise is asked for: `load` is plain, for all who call it
 *
 * Only one that waits for nothing but promises can be plain, and those that it awaits are plain with it. One that is a value
 * is called for its promise by a function of the engine, and by no async function of the program.
 */
import ts from "typescript";
import { COMBINATORS } from "../combinators.js";
import type { Program } from "../program/program.js";
import {
  awaitedIn,
  isAwaitUsing,
  isCallee,
  isFunction,
  isReference,
  unwrapped,
  walkOwn,
  type AsyncNode,
} from "../syntax.js";
import { callsIn, dispatchOf } from "./dispatch.js";
import { Flows } from "./flows.js";
import { isCallback } from "./standing.js";
import { stageOf } from "./streams.js";
import {
  asyncFunctionOf,
  asyncTargetOf,
  isAsync,
  iteratedBy,
  iteratedIn,
  nameOf,
  targetsIn,
} from "./targets.js";

/** The functions that stay plain. */
export function findPromised(program: Program): ReadonlySet<ts.Node> {
  const names = new Set<string>();
  for (const file of program.authored)
    for (const name of program.noted(file, "async names", () => asyncNamesIn(file))) names.add(name);
  const runs = new ValueRuns(program);
  const stamp = [...names].sort().join();
  const uses: Use[] = [];
  for (const file of program.authored) {
    for (const name of program.noted(file, "promise uses", () => usesIn(program, file, names), stamp)) {
      const fn = asyncFunctionOf(program, name);
      if (fn !== undefined) uses.push({ name, fn });
    }
  }
  // What goes over items of somewhere may meet a generator that waits for futures, once there are objects of such.
  const isObject = ({ fn }: Use): boolean =>
    fn.asteriskToken !== undefined && !canBePlain({ program, flows: runs.flows, hasObjects: false }, fn);
  const world = { program, flows: runs.flows, hasObjects: uses.some(isObject) };
  const plain = new Set<ts.Node>();
  for (const { name, fn } of uses) {
    if (!canBePlain(world, fn)) continue;
    if (isCallee(name) || isCallback(program, name) || !runs.has(fn)) addAll(world, fn, plain);
  }
  return plain;
}

/** Where `fn` stands for a value or for a promise. */
interface Use {
  readonly name: ts.Expression;
  readonly fn: AsyncNode;
}

/** What the questions are about; `hasObjects`: of generators that cannot be plain. */
interface World {
  readonly program: Program;
  readonly flows: Flows;
  readonly hasObjects: boolean;
}

/** The async functions that others await as values. */
class ValueRuns {
  readonly flows: Flows;
  private found: Set<ts.Node> | undefined;

  constructor(private readonly program: Program) {
    this.flows = new Flows(program);
  }

  has(fn: ts.Node): boolean {
    return (this.found ??= this.find()).has(fn);
  }

  private find(): Set<ts.Node> {
    const found = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (isAsync(node)) {
        for (const { operand, target } of callsIn(this.program, node).unsure) {
          const called = dispatchOf(this.program, this.flows, operand, target);
          for (const each of called?.functions ?? []) found.add(each);
        }
      }
      ts.forEachChild(node, visit);
    };
    this.program.authored.forEach(visit);
    return found;
  }
}

/** Adds `fn`, what it awaits, and the generators that it goes over. */
function addAll(world: World, fn: AsyncNode, plain: Set<ts.Node>): void {
  if (plain.has(fn)) return;
  plain.add(fn);
  const { program, flows } = world;
  const add = (node: AsyncNode): void => addAll(world, node, plain);
  const { targets, unsure } = callsIn(program, fn);
  for (const { node } of targets) add(node);
  for (const { operand, target } of unsure)
    dispatchOf(program, flows, operand, target)?.functions.forEach(add);
}

/** Whether `fn` waits for promises alone; `asked` are those that asked before. */
function canBePlain(world: World, fn: AsyncNode, asked = new Set<ts.Node>()): boolean {
  const { program, flows } = world;
  if (asked.has(fn)) return true;
  asked.add(fn);
  if (ts.isMethodDeclaration(fn) && program.methods.rivalsOf(fn).length > 0) return false;
  return (
    !hasOwnWait(world, fn) &&
    targetsIn(program, fn).every(({ node }) => canBePlain(world, node, asked)) &&
    awaitedIn(fn).every((operand) => {
      if (asyncTargetOf(program, operand) !== undefined) return true;
      const found = dispatchOf(program, flows, operand, undefined);
      if (found !== null) return found.functions.every((each) => canBePlain(world, each, asked));
      return !program.isEither(operand) && !program.isAny(operand);
    })
  );
}

/** Whether `fn` waits for a future without an await, as far as types tell: for a channel, or at the end of a scope. */
function hasOwnWait(world: World, fn: AsyncNode): boolean {
  let isFound = false;
  walkOwn(fn, (node) => {
    const source = iteratedIn(node);
    if (source !== undefined && !givesPromises(world, source)) isFound = true;
    if (ts.isVariableDeclarationList(node) && isAwaitUsing(node)) isFound = true;
  });
  return isFound;
}

/** Whether the items of `source` are promises, or come from a generator that is asked itself. */
function givesPromises({ program, hasObjects }: World, source: ts.Expression): boolean {
  if (iteratedBy(program, source) !== undefined) return true;
  const isOther =
    program.isChannel(source) || program.isAny(source) || stageOf(program, unwrapped(source)) !== undefined;
  return !isOther && !hasObjects;
}

/** What the async functions of `file` are called. */
function asyncNamesIn(file: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isAsync(node)) names.push(nameOf(node).replace(/^.*\./, ""));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Names in `file` of functions of `names`, where they stand for a value or for a promise. */
function usesIn(program: Program, file: ts.SourceFile, names: ReadonlySet<string>): ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      const member = node.parent;
      const isMember = ts.isPropertyAccessExpression(member) && member.name === node;
      const whole = isMember ? member : node;
      if ((isMember || isReference(node)) && isPromiseUse(program, whole)) found.push(whole);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether `name` is used as no task uses an async function: not called, or its call not awaited on the spot. */
function isPromiseUse(program: Program, name: ts.Expression): boolean {
  let node: ts.Expression = name;
  const rise = (): ts.Node => {
    while (ts.isExpression(node.parent) && unwrapped(node.parent) === unwrapped(node)) node = node.parent;
    return node.parent;
  };
  const up = rise();
  if (ts.isPropertyAccessExpression(up) || ts.isExportAssignment(up)) return false;
  if (!ts.isCallExpression(up)) return ts.isExpression(up) || ts.isVariableDeclaration(up);
  if (up.expression !== node) return !/^(task|spawn|recursive)$/.test(program.ownNameOf(up.expression) ?? "");
  node = up;
  return !isAwaited(program, node, rise());
}

/** Whether the call `node`, which stands in `up`, is awaited by a function that a task may await. */
function isAwaited(program: Program, node: ts.Expression, up: ts.Node): boolean {
  if (ts.isAwaitExpression(up) || ts.isReturnStatement(up)) return isOfTask(program, up);
  if (ts.isArrowFunction(up)) return isOfTask(program, node);
  if (ts.isConditionalExpression(up) || ts.isBinaryExpression(up)) return isAwaited(program, up, up.parent);
  if (ts.isPropertyAssignment(up)) return isAwaited(program, node, up.parent.parent);
  if (ts.isCallExpression(up)) return COMBINATORS.includes(program.ownNameOf(up.expression) ?? "");
  // What is dropped, and what is called for something else, is refused later.
  return ts.isExpressionStatement(up) || ts.isForOfStatement(up) || ts.isYieldExpression(up);
}

/** Whether `node` lies in an async function with a name, or one that stands where it is called or declared a task. */
function isOfTask(program: Program, node: ts.Node): boolean {
  let up = node.parent;
  while (!isFunction(up)) {
    if (ts.isSourceFile(up)) return false;
    up = up.parent;
  }
  if (!isAsync(up)) return false;
  if (ts.isFunctionDeclaration(up) || ts.isMethodDeclaration(up)) return true;
  let user: ts.Node = up.parent;
  while (ts.isExpression(user) && !ts.isCallExpression(user) && unwrapped(user) === up) user = user.parent;
  if (ts.isVariableDeclaration(user)) return true;
  if (!ts.isCallExpression(user)) return false;
  return (
    unwrapped(user.expression) === up || /^(task|recursive)$/.test(program.ownNameOf(user.expression) ?? "")
  );
}
