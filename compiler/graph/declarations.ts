/**
 * Declarations: which names a scope has, and what makes them.
 *
 *   const x = ...          a slot of the frame                 functions     made when the scope is entered
 *   ... held by closures   a fresh box `{ v }` in that slot    futures       an operation in the frame, under the name
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { Refusal } from "../diagnostics.js";
import { columnOf } from "../frames/columns.js";
import { valueOf } from "./expressions.js";
import { classOperands, storeBefore } from "./operands.js";
import { destructure } from "./patterns.js";
import { hasAwait, isConstEnum, isFunction, isVar, unwrapped } from "../syntax.js";
import { authored } from "../emit/text.js";
import { bodyOf } from "../find/targets.js";

/** Makes the boxes of a scope's locals that closures hold, with what is looked at in its place, then its functions, which may hold them. */
export function openScope(b: Builder, statements: readonly ts.Statement[]): void {
  const functions = statements
    .filter(ts.isFunctionDeclaration)
    .filter((each) => isFunction(each) && !isAlone(b, each));
  for (const each of statements) {
    if (ts.isVariableStatement(each)) openBoxes(b, each.declarationList);
    if (ts.isClassDeclaration(each) && each.name !== undefined) openBox(b, each.name);
    if (ts.isEnumDeclaration(each) && !isConstEnum(each)) openBox(b, each.name);
  }
  for (const { name } of functions) if (name !== undefined) openBox(b, name);
  for (const each of functions) {
    if (each.name === undefined) continue;
    const own = b.functions.get(each);
    const value = own === undefined ? b.copier.closureText(each) : b.copier.callableText(own);
    b.line(`${b.copier.reference(b.scopes.claim(each.name))} = ${value};`);
  }
}

/** Gives every `var` its slot, before anything else runs; one with the name of a parameter is the parameter. */
export function hoist(b: Builder): void {
  for (const list of b.scopes.hoisted) {
    for (const declaration of list.declarations) {
      namesIn(declaration.name, (name) => {
        if (b.scopes.slotOf(name) !== undefined) return;
        const slot = b.scopes.claim(name);
        // A frame of its own starts with nothing in it.
        if (b.plain === null)
          b.line(`${b.storage.slot(slot)} = ${slot.isBoxed ? "{ v: undefined }" : "undefined"};`);
      });
    }
  }
}

/** Makes fresh boxes for the names that `list` declares, each time the scope is entered. */
export function openBoxes(b: Builder, list: ts.VariableDeclarationList): void {
  if (isVar(list)) return;
  for (const declaration of list.declarations.filter((each) => !isCompiled(b, each))) {
    namesIn(declaration.name, (name) => {
      openBox(b, name);
    });
  }
}

/** Whether `declaration` names an async function inside this one, which has no value at run time. */
function isCompiled(b: Builder, { initializer }: ts.VariableDeclaration): boolean {
  return initializer !== undefined && isAlone(b, bodyOf(b.program, initializer));
}

/** Whether `node` is a compiled function whose value nobody runs. */
function isAlone(b: Builder, node: ts.Node): boolean {
  return b.functions.get(node)?.tag === 0;
}

export function openBox(b: Builder, name: ts.Identifier): void {
  const slot = b.scopes.claim(name);
  const isWatched = b.scopes.isWatched(name);
  const first = isWatched ? "$UNSET" : "undefined";
  if (slot.isBoxed) b.line(`${b.storage.slot(slot)} = { v: ${first} };`);
  else if (isWatched) b.line(`${b.storage.slot(slot)} = ${first};`);
}

export function namesIn(name: ts.BindingName, visit: (name: ts.Identifier) => void): void {
  if (ts.isIdentifier(name)) visit(name);
  else
    for (const element of name.elements) if (!ts.isOmittedExpression(element)) namesIn(element.name, visit);
}

/** Declares the locals of `list`. */
export function declare(b: Builder, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    const { name, initializer } = declaration;
    if (isCompiled(b, declaration)) continue;
    if (initializer === undefined) {
      if (!isVar(list)) b.line(`${b.copier.pattern(name)} = undefined;`);
      continue;
    }
    if (isFutureDeclaration(b, declaration)) declareFuture(b, declaration.name as ts.Identifier, initializer);
    else if (ts.isIdentifier(name)) {
      const body = b.functions.has(bodyOf(b.program, initializer))
        ? bodyOf(b.program, initializer)
        : initializer;
      b.line(`${b.mark(declaration)}${b.copier.pattern(name)} = ${valueOf(b, body)};`);
    } else if (hasAwait(name)) destructure(b, name, b.store(valueOf(b, initializer)));
    else if (isListOfChoices(b, name)) takeApart(b, name, b.store(valueOf(b, initializer)));
    else {
      const value = valueOf(b, initializer);
      b.line(`${b.mark(declaration)}(${b.copier.pattern(name)} = ${value});`);
    }
  }
}

/**
 * Whether `pattern` names some properties, and a number alone cannot tell the values of one: in a pattern, what writes
 * it would be an object (emit/column-access.ts).
 */
function isListOfChoices(b: Builder, pattern: ts.BindingPattern): pattern is ts.ObjectBindingPattern {
  const isPlain = (each: ts.BindingElement): boolean =>
    each.dotDotDotToken === undefined &&
    each.initializer === undefined &&
    ts.isIdentifier(each.name) &&
    (each.propertyName === undefined || ts.isIdentifier(each.propertyName));
  if (!ts.isObjectBindingPattern(pattern) || !pattern.elements.every(isPlain)) return false;
  return pattern.elements.some(({ name }) => {
    const column = columnOf(b.program, name);
    return column === "choice" || column === "either";
  });
}

function takeApart(b: Builder, { elements }: ts.ObjectBindingPattern, value: string): void {
  for (const { name, propertyName } of elements) {
    const property = (propertyName ?? name) as ts.Identifier;
    b.line(`${b.mark(name)}${b.copier.pattern(name)} = ${value}.${authored(property.text)};`);
  }
}

/** Whether `declaration` makes a future and names it: its operation lives in the frame under that name. */
export function isFutureDeclaration(b: Builder, declaration: ts.VariableDeclaration): boolean {
  const { name, initializer } = declaration;
  return initializer !== undefined && ts.isIdentifier(name) && makesFuture(b, initializer);
}

/** Whether evaluating `node` makes a future, in whichever branch. */
function makesFuture(b: Builder, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (!b.program.isFuture(inner)) return false;
  if (!ts.isConditionalExpression(inner)) return ts.isCallExpression(inner);
  const branches = [inner.whenTrue, inner.whenFalse];
  const making = branches.filter((each) => makesFuture(b, each)).length;
  if (making === 0) return false;
  if (making === 1 || branches.some(hasAwait)) {
    const message =
      "a future that only one branch makes, or makes after an await. Name it in each branch, and await it there";
    throw new Refusal("C108", node, message);
  }
  return true;
}

function declareFuture(b: Builder, name: ts.Identifier, initializer: ts.Expression): void {
  const value = valueOf(b, initializer);
  const slot = b.scopes.claim(name);
  b.line(`$aim(${b.storage.future(slot)});`);
  b.line(`${b.mark(name)}${b.copier.reference(slot)} = ${value};`);
}

/** An enum as a local. Several declarations of one are one object; what a `const enum` has stands where it is used. */
export function enumDeclaration(b: Builder, node: ts.EnumDeclaration): void {
  const all = b.program.symbolOf(node.name)?.declarations ?? [node];
  if (isConstEnum(node) || all[0] !== node) return;
  const text = all.map((each) => b.copier.text(each)).join(" ");
  const target = b.copier.reference(b.scopes.claim(node.name));
  b.line(`${b.mark(node)}${target} = (() => { ${text} return ${authored(node.name.text)}; })();`);
}

export function classDeclaration(b: Builder, node: ts.ClassDeclaration): void {
  if (node.name === undefined) return;
  storeBefore(b, classOperands(b, node));
  b.line(`${b.mark(node)}${b.copier.reference(b.scopes.claim(node.name))} = ${b.copier.closureText(node)};`);
}
