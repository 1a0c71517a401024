/**
 * Pass 2: what async functions inside of others use of them. It is passed at each call, as hidden arguments:
 *
 *   async function outer(pin) {                    outer: pin is held by a closure, so its slot has a box
 *     const pulse = async (n) => { pin... };       pulse(box of pin, n)
 *     await pulse(3);
 *   }
 *
 * A function that calls such a one passes on what it does not declare itself, so captures travel up the calls. One that
 * is a value holds what it captures, and whoever makes the value provides that. The `this` of a method around is
 * captured as a local is.
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "./find-tasks.js";
import { ownClassOf } from "../graph/doors.js";
import type { Program } from "../program/program.js";
import {
  above,
  bindsThis,
  isConstEnum,
  isInFunction,
  isReference,
  isWithin,
  type AsyncNode,
} from "../syntax.js";
import { bodyOf, isAsync } from "./targets.js";

/** Fills in `captures` of all `functions`. */
export function findCaptures(
  program: Program,
  functions: readonly AsyncFunction[],
  refuse: (refusal: Refusal) => void,
): void {
  const values = new Set<ts.Node>(functions.filter((fn) => fn.tag > 0).map((fn) => fn.node));
  for (const fn of functions) for (const symbol of usedBy(program, fn.node)) add(program, values, fn, symbol);
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const fn of functions) {
      const below = fn.served.flatMap((each) => each.captures);
      for (const symbol of below) isNew = add(program, values, fn, symbol) || isNew;
    }
  }
  for (const fn of functions) if (ts.isMethodDeclaration(fn.node) && fn.tag === 0) refuseCaptures(fn, refuse);
}

/** An object may outlive the locals that its methods use, and be called where those are not known. */
function refuseCaptures(fn: AsyncFunction, refuse: (refusal: Refusal) => void): void {
  const symbol = fn.captures[0];
  if (symbol === undefined) return;
  const what = `the async method "${fn.name}" uses "${symbol.name}" of the function around it`;
  refuse(new Refusal("C139", fn.node, `${what}. Give it a parameter, or the object a field`));
}

/** Whether `fn` uses locals of a function around it. */
export function usesLocals(program: Program, fn: AsyncNode): boolean {
  return usedBy(program, fn).length > 0;
}

function usedBy(program: Program, fn: AsyncNode): readonly ts.Symbol[] {
  return program.noted(fn.getSourceFile(), `used by ${fn.pos}`, () => localsUsedBy(program, fn));
}

/** What `root` refers to that is declared outside of it, as locals. */
function localsUsedBy(program: Program, root: ts.Node): ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    const isOwnClass = ts.isIdentifier(node) && isReference(node) && isInClassOf(program, node, root);
    const owner = isThisOrSuper(node) || isOwnClass ? ownerOfThis(node) : undefined;
    if (owner !== undefined && owner !== root && isWithin(root, owner)) found.add(receiverOf(owner));
    const symbol = ts.isIdentifier(node) && isReference(node) ? program.symbolOf(node) : undefined;
    const declaration = symbol?.valueDeclaration;
    const isOuter =
      declaration !== undefined && !isOwnClass && !isWithin(declaration, root) && isLocal(declaration);
    if (isOuter) found.add(symbol!);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return [...found];
}

/** Whether `id` is the name of the class around `root` that only its own code has; see doors.ts. */
function isInClassOf(program: Program, id: ts.Identifier, root: ts.Node): boolean {
  const owner = ownClassOf(program, id);
  return owner !== undefined && isWithin(root, owner);
}

function isThisOrSuper({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
}

/** Adds `symbol` where it is a local of a function around `fn`; whether it is new. */
function add(
  program: Program,
  values: ReadonlySet<ts.Node>,
  fn: AsyncFunction,
  symbol: ts.Symbol | undefined,
): boolean {
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined || fn.captures.includes(symbol)) return false;
  if (
    declaration === fn.node ||
    isWithin(declaration, fn.node) ||
    isFunctionAlone(program, values, declaration)
  )
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

/** Whether `declaration` names an async function that is never a value: it has none at run time. */
function isFunctionAlone(
  program: Program,
  values: ReadonlySet<ts.Node>,
  declaration: ts.Declaration,
): boolean {
  const variable = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const fn = variable === undefined ? declaration : bodyOf(program, variable);
  const isNamed = variable !== undefined || ts.isFunctionDeclaration(fn);
  return isNamed && isAsync(fn) && !values.has(fn);
}

const receivers = new WeakMap<ts.Node, ts.Symbol>();

/** What stands for the `this` of `owner`, a method or another function, or a field, among captures. */
export function receiverOf(owner: ts.Node): ts.Symbol {
  const made = { name: "$this", declarations: [owner], valueDeclaration: owner };
  const known = receivers.get(owner) ?? (made as unknown as ts.Symbol);
  receivers.set(owner, known);
  return known;
}

/** Whose `this` the keyword `node` is; undefined at the top of a module. */
export function ownerOfThis(node: ts.Node): ts.Node | undefined {
  let part = node;
  for (let up = above(node); up !== undefined; part = up, up = above(up)) if (bindsThis(up, part)) return up;
  return undefined;
}
