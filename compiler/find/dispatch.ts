/**
 * Calls of methods that are only known when they run: through an interface, or a class that others override.
 *
 *   await sensor.read()     sensor instanceof Loud    -> call of Loud.read, in static storage      subclasses first
 *                           sensor instanceof Plain   -> call of Plain.read
 *                           anything else             -> a future that its own read() makes
 *
 * All that it may be is known at build time: the async methods of that name whose class fits the type of the object.
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { unwrapped } from "../syntax.js";
import { asyncTargetOf, isAsync } from "./targets.js";

/** The methods that `call` may run, subclasses first; null where it is a call of one function, or of none of ours. */
export function methodsOf(program: Program, call: ts.Node): readonly ts.MethodDeclaration[] | null {
  const callee = ts.isCallExpression(call) ? unwrapped(call.expression) : undefined;
  if (callee === undefined || !ts.isPropertyAccessExpression(callee)) return null;
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword || program.ownNameOf(callee) !== undefined)
    return null;
  const target = asyncTargetOf(program, call as ts.CallExpression);
  if (target !== undefined && (!ts.isMethodDeclaration(target) || program.rivalsOf(target).length === 0))
    return null;
  const rivals = target === undefined ? [] : program.rivalsOf(target);
  const methods = program.methodsFor(callee).filter(isAsync) as ts.MethodDeclaration[];
  if (methods.length === 0 || ![...methods, ...rivals].every(isOfClassAtTop)) return null;
  return methods.sort((a, b) => Number(extendsOf(program, b, a)) - Number(extendsOf(program, a, b)));
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

/** Whether the class of `method` is below that of `other`. */
function extendsOf(program: Program, method: ts.MethodDeclaration, other: ts.MethodDeclaration): boolean {
  for (let up: ts.Node | undefined = method.parent; up !== undefined; up = superOf(program, up))
    if (up === other.parent && up !== method.parent) return true;
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
