/**
 * Pass 2: what async functions inside of others use of them. It is passed at each call, as hidden arguments:
 *
 *   async function outer(pin) {                    outer: pin is held by a closure, so its slot has a box
 *     const pulse = async (n) => { pin... };       pulse(box of pin, n)
 *     await pulse(3);
 *   }
 *
 * A function that calls such a one passes on what it does not declare itself, so captures travel up the calls.
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "./find-tasks.js";
import type { Program } from "../program/program.js";
import { isConstEnum, isInFunction, isReference, isWithin } from "../syntax.js";
import { bodyOf, isAsync } from "./targets.js";

/** Fills in `captures` of all `functions`. */
export function findCaptures(
  program: Program,
  functions: readonly AsyncFunction[],
  refuse: (refusal: Refusal) => void,
): void {
  for (const fn of functions) {
    const used = program.noted(fn.file, `used by ${fn.node.pos}`, () => localsUsedBy(program, fn.node));
    for (const symbol of used) add(program, fn, symbol);
  }
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const fn of functions) {
      const below = fn.callees.flatMap((callee) => callee.captures);
      for (const symbol of below) isNew = add(program, fn, symbol) || isNew;
    }
  }
  for (const fn of functions) if (ts.isMethodDeclaration(fn.node)) refuseCaptures(fn, refuse);
}

/** An object may outlive the locals that its methods use, and be called where those are not known. */
function refuseCaptures(fn: AsyncFunction, refuse: (refusal: Refusal) => void): void {
  const symbol = fn.captures[0];
  if (symbol === undefined) return;
  const what = `the async method "${fn.name}" uses "${symbol.name}" of the function around it`;
  refuse(new Refusal("C139", fn.node, `${what}. Give it a parameter, or the object a field`));
}

/** What `root` refers to that is declared outside of it, as locals. */
function localsUsedBy(program: Program, root: ts.Node): ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) && isReference(node) ? program.symbolOf(node) : undefined;
    const declaration = symbol?.valueDeclaration;
    const isOuter = declaration !== undefined && !isWithin(declaration, root) && isLocal(declaration);
    if (isOuter) found.add(symbol!);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return [...found];
}

/** Adds `symbol` where it is a local of a function around `fn`; whether it is new. */
function add(program: Program, fn: AsyncFunction, symbol: ts.Symbol | undefined): boolean {
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined || fn.captures.includes(symbol)) return false;
  if (isWithin(declaration, fn.node) || !isLocal(declaration) || isCompiledFunction(program, declaration))
    return false;
  fn.captures.push(symbol);
  return true;
}

/** Whether `declaration` belongs to a run of a function, not to a module or a class. */
function isLocal(declaration: ts.Declaration): boolean {
  const isVariable =
    ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration);
  const isNamed =
    ts.isFunctionDeclaration(declaration) ||
    ts.isClassDeclaration(declaration) ||
    (ts.isEnumDeclaration(declaration) && !isConstEnum(declaration));
  return (isVariable || isNamed) && isInFunction(declaration);
}

/** An async function inside of another has no value at run time. */
function isCompiledFunction(program: Program, declaration: ts.Declaration): boolean {
  if (!ts.isVariableDeclaration(declaration)) return isAsync(declaration);
  return declaration.initializer !== undefined && isAsync(bodyOf(program, declaration.initializer));
}
