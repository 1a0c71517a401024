/**
 * Calls whose target is only known when they run. All that it may be is known at build time, and has a frame:
 *
 *   await sensor.read()     sensor instanceof Loud    -> call of Loud.read, in static storage      subclasses first
 *                           sensor instanceof Plain   -> call of Plain.read
 *   await op()              op.is_ === 1              -> call of the async function with number 1  (flows.ts)
 *   await table[key](x)     anything else             -> a future that it makes itself
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { awaitedIn, isInFunction, unwrapped, type AsyncNode } from "../syntax.js";
import { usesLocals } from "./captures.js";
import type { Callees, Flows } from "./flows.js";
import { isAsync, targetsIn } from "./targets.js";

/**
 * What `call` may run, methods of classes first; null where it is a call of one function, or of none of ours. `target` is
 * what it names.
 */
export function dispatchOf(
  program: Program,
  flows: Flows,
  call: ts.Expression,
  target: AsyncNode | undefined,
): Callees | null {
  if (!mayBeSeveral(program, call, target)) return null;
  const callee = unwrapped(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return methodsOf(program, flows, callee, target, call);
  if (!program.isThenable(call)) return null;
  return someOf(flows.calleesOf(callee));
}

/** What a function runs by name, and the awaits of it that may run several functions. */
export interface Calls {
  readonly targets: ReturnType<typeof targetsIn>;
  readonly unsure: readonly { readonly operand: ts.Expression; readonly target: AsyncNode | undefined }[];
}

/** Those of `fn`. */
export function callsIn(program: Program, fn: AsyncNode): Calls {
  const targets = targetsIn(program, fn);
  const named = new Map<ts.Node, AsyncNode>(targets.map(({ at, node }) => [at, node]));
  const unsure = awaitedIn(fn)
    .map((operand) => ({ operand, target: named.get(operand) }))
    .filter(({ operand, target }) => mayBeSeveral(program, operand, target));
  return { targets, unsure };
}

/** Whether {@link dispatchOf} must look further than at the name that is called. */
function mayBeSeveral(
  program: Program,
  call: ts.Expression,
  target: AsyncNode | undefined,
): call is ts.CallExpression {
  if (!ts.isCallExpression(call)) return false;
  const isMember = ts.isPropertyAccessExpression(unwrapped(call.expression));
  return (target === undefined || isMember) && program.ownNameOf(call.expression) === undefined;
}

function methodsOf(
  program: Program,
  flows: Flows,
  callee: ts.PropertyAccessExpression,
  target: AsyncNode | undefined,
  call: ts.CallExpression,
): Callees | null {
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return null;
  if (target !== undefined && !mayBeAnother(program, target)) return null;
  if (target === undefined && !program.isThenable(call)) return null;
  const fitting = program.methods.membersFor(callee);
  const methods = fitting.filter(isAsync).filter((each) => ts.isClassLike(each.parent));
  const rivals = target === undefined ? [] : program.methods.rivalsOf(target as ts.MethodDeclaration);
  if (!methods.every(isOfClassAtTop) || !rivals.every((each) => isOfClassAtTop(each) || isOfObject(each)))
    return null;
  const { functions, isOpen } = flows.calleesOf(callee);
  const values = functions.filter((each) => !isMember(each) || fitting.includes(each));
  const isBelow = (a: ts.Node, b: ts.Node): number => Number(extendsOf(program, a.parent, b.parent));
  const all = [...methods.sort((a, b) => isBelow(b, a) - isBelow(a, b)), ...values];
  return someOf({ functions: all, isOpen: isOpen || fitting.some((each) => !isAsync(each)) });
}

function someOf(callees: Callees): Callees | null {
  return callees.functions.length === 0 ? null : callees;
}

/** Whether a call that `target` is the declaration of may run another function, or one that only its value knows. */
function mayBeAnother(program: Program, target: AsyncNode): boolean {
  if (!ts.isMethodDeclaration(target)) return false;
  if (program.methods.rivalsOf(target).length > 0) return true;
  return isOfObject(target) && isInFunction(target) && usesLocals(program, target);
}

/** Whether `call` is `Valve.make()`, of a class that stands there by its name. */
export function isOfNamedClass(program: Program, call: ts.Node): boolean {
  const callee = ts.isCallExpression(call) ? unwrapped(call.expression) : undefined;
  if (callee === undefined || !ts.isPropertyAccessExpression(callee)) return false;
  const declaration = program.symbolOf(unwrapped(callee.expression))?.valueDeclaration;
  return declaration !== undefined && ts.isClassDeclaration(declaration);
}

function isMember(node: ts.Node): boolean {
  return ts.isMethodDeclaration(node);
}

/** A member that an object has by itself, from the start. */
function isOfObject(node: ts.Node): boolean {
  return ts.isObjectLiteralElementLike(node) && !ts.isAccessor(node);
}

/** A method that an object has by its class, which has a name wherever the call stands. */
function isOfClassAtTop(node: ts.Node): boolean {
  if (!ts.isMethodDeclaration(node) || !isAsync(node) || node.asteriskToken !== undefined) return false;
  const isStatic = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
  const owner = node.parent;
  return (
    !isStatic && ts.isClassDeclaration(owner) && owner.name !== undefined && ts.isSourceFile(owner.parent)
  );
}

/** Whether class `node` is below class `other`. */
function extendsOf(program: Program, node: ts.Node, other: ts.Node): boolean {
  for (let up: ts.Node | undefined = node; up !== undefined; up = superOf(program, up))
    if (up === other && up !== node) return true;
  return false;
}

function superOf(program: Program, node: ts.Node): ts.Node | undefined {
  const clause = ts.isClassLike(node)
    ? node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword)
    : undefined;
  return clause && program.symbolOf(clause.types[0]!.expression)?.valueDeclaration;
}

/** What tells whether an object has the method `id` by its class. */
export function classTest(id: string): string {
  return `dormouse_is_${id}`;
}
