/**
 * Which async function a call runs, when that is known at build time:
 *
 *   f(), lib.f()          a function declaration, or a const that is an async function
 *   sensor.read()         a method, where no other object's could be meant (C138)
 *   (async () => ...)()   one that stands where it is called
 */
import ts from "typescript";
import type { Facts, Program } from "../program/program.js";
import { basesOf, streamAround } from "./streams.js";
import {
  above,
  awaitedIn,
  isAwaitUsing,
  isFunction,
  isTopLevel,
  unwrapped,
  userOf,
  implementationOf,
  walkOwn,
  type AsyncNode,
} from "../syntax.js";

/** The author's async function that `operand` calls. */
export function asyncTargetOf(program: Facts, operand: ts.Expression): AsyncNode | undefined {
  const call = unwrapped(operand);
  return ts.isCallExpression(call) ? asyncFunctionOf(program, call.expression) : undefined;
}

/** The async functions that `fn` runs, and where: those that it awaits by a call, and those that the language calls. */
export function targetsIn(
  program: Program,
  fn: AsyncNode,
): { readonly node: AsyncNode; readonly at: ts.Node }[] {
  const found: { node: AsyncNode; at: ts.Node }[] = [];
  for (const operand of awaitedIn(fn)) {
    const node = asyncTargetOf(program, operand);
    if (node !== undefined) found.push({ node, at: operand });
  }
  for (const at of program.noted(fn.getSourceFile(), `calls ${fn.pos}`, () => implicitCallsIn(fn))) {
    const iterated = iteratedIn(at);
    for (const base of iterated === undefined ? [] : basesOf(program, iterated)) {
      const generator = iteratedBy(program, base)?.target;
      if (generator !== undefined) found.push({ node: generator, at });
    }
    if (!ts.isVariableDeclaration(at)) continue;
    const node = program.memberOf(at.name, "asyncDispose");
    if (node !== undefined && isAsync(node) && !program.isDeclared(node)) found.push({ node, at });
  }
  return found;
}

/** The calls in `fn` itself that make the object of an async generator: no loop goes over them where they stand. */
export function generatorsMadeIn(
  program: Program,
  fn: AsyncNode,
): { readonly node: AsyncNode; readonly at: ts.CallExpression }[] {
  const found: { node: AsyncNode; at: ts.CallExpression }[] = [];
  walkOwn(fn, (at) => {
    const node = ts.isCallExpression(at) ? asyncTargetOf(program, at) : undefined;
    if (node?.asteriskToken === undefined || isGoneOver(program, at as ts.CallExpression)) return;
    found.push({ node, at: at as ts.CallExpression });
  });
  return found;
}

/** Whether a loop, or another generator, goes over the stream `node` where it stands. */
export function isGoneOver(program: Facts, node: ts.Expression): boolean {
  const up = userOf(node);
  const iterated = iteratedIn(up);
  return (
    (iterated !== undefined && unwrapped(iterated) === node) || streamAround(program, node) !== undefined
  );
}

/** Where `fn` runs what it does not call by name: iterations that wait, and declarations with `await using`. */
function implicitCallsIn(fn: AsyncNode): ts.Node[] {
  const found: ts.Node[] = [];
  walkOwn(fn, (at) => {
    const isResource = ts.isVariableDeclaration(at) && isAwaitUsing(at.parent as ts.VariableDeclarationList);
    if (isResource || iteratedIn(at) !== undefined) found.push(at);
  });
  return found;
}

/** What `node`, a `for await` or `yield*`, goes over. */
export function iteratedIn(node: ts.Node): ts.Expression | undefined {
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return node.expression;
  return ts.isYieldExpression(node) && node.asteriskToken !== undefined ? node.expression : undefined;
}

/** The author's async generator that going over `expression` runs: one that it calls, or that its object has. */
export function iteratedBy(
  program: Facts,
  expression: ts.Expression,
): { readonly target: AsyncNode; readonly isCall: boolean } | undefined {
  const called = asyncTargetOf(program, expression);
  if (called?.asteriskToken !== undefined) return { target: called, isCall: true };
  const own = program.memberOf(expression, "asyncIterator");
  if (own === undefined || !isAsync(own) || own.asteriskToken === undefined || program.isDeclared(own))
    return undefined;
  if (program.promised.has(own)) return undefined;
  return { target: own, isCall: false };
}

/** The value of a `const` without what declares that it may await itself: `recursive(async function ..., ...)`. */
export function bodyOf(program: Facts, value: ts.Expression): ts.Expression {
  const inner = unwrapped(value);
  const isDeclared = ts.isCallExpression(inner) && program.ownNameOf(inner.expression) === "recursive";
  return isDeclared && inner.arguments[0] !== undefined ? unwrapped(inner.arguments[0]) : inner;
}

/** The call of `recursive` that `node`, an async function, stands in. */
export function declaredRecursive(program: Facts, node: AsyncNode): ts.CallExpression | undefined {
  let up = above(node)!;
  while (ts.isExpression(up) && !ts.isCallExpression(up)) up = up.parent;
  return ts.isCallExpression(up) && bodyOf(program, up) === node ? up : undefined;
}

/** The async function that `callee` stands for. */
export function asyncFunctionOf(program: Facts, callee: ts.Expression): AsyncNode | undefined {
  const found = namedBy(program, callee);
  return found !== undefined && program.promised.has(found) ? undefined : found;
}

function namedBy(program: Facts, callee: ts.Expression): AsyncNode | undefined {
  const name = unwrapped(callee);
  if (ts.isArrowFunction(name) || ts.isFunctionExpression(name)) return isAsync(name) ? name : undefined;
  const declaration = implementationOf(
    program.symbolOf(ts.isPropertyAccessExpression(name) ? name.name : name),
  );
  if (declaration === undefined || program.isDeclared(declaration)) return undefined;
  const isNamed =
    ts.isFunctionDeclaration(declaration) ||
    ts.isMethodDeclaration(declaration) ||
    ts.isFunctionExpression(declaration);
  if (isNamed) {
    return isAsync(declaration) ? declaration : undefined;
  }
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
  if (!(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const)) return undefined;
  const value = bodyOf(program, declaration.initializer);
  return (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) && isAsync(value) ? value : undefined;
}

export function isAsync(node: ts.Node): node is AsyncNode {
  return isFunction(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0;
}

/** Whether `node` is an async function that calls can name: at the top of a module, or a method of a class there. */
export function isNamedAtTop(node: ts.Node): node is AsyncNode {
  if (!isAsync(node) || !isTopLevel(node)) return false;
  let up = above(node)!;
  if (ts.isCallExpression(up) && /\brecursive$/.test(up.expression.getText())) up = up.parent;
  return ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(up) || ts.isMethodDeclaration(node);
}

/** The author's name for `node`: `read`, or `Sensor.read`. */
export function nameOf(node: AsyncNode): string {
  let up = above(node)!;
  if (node.name === undefined) {
    while (ts.isExpression(up)) up = up.parent;
    return ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) ? up.name.text : "anonymous";
  }
  if (!ts.isMethodDeclaration(node)) return node.name.getText();
  const owner = ts.isClassLike(up) ? up.name?.text : undefined;
  return `${owner ?? "object"}.${node.name.getText()}`;
}

/** The async functions of `file` that calls can name. */
export function namedIn(file: ts.SourceFile): AsyncNode[] {
  const found: AsyncNode[] = [];
  const visit = (node: ts.Node): void => {
    if (isNamedAtTop(node)) found.push(node);
    if (!isFunction(node)) ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The function of the task that `kind` names: the one that its declaration gives to `task()`. */
export function bodyOfKind(program: Program, kind: ts.Expression): ts.Declaration | undefined {
  const declaration = program.symbolOf(unwrapped(kind))?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const call = declaration.initializer && unwrapped(declaration.initializer);
  if (call === undefined || !ts.isCallExpression(call) || program.ownNameOf(call.expression) !== "task") {
    return undefined;
  }
  const body = call.arguments[0] && unwrapped(call.arguments[0]);
  return body !== undefined && isFunction(body) ? body : body && implementationOf(program.symbolOf(body));
}
