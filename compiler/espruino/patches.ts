/** Which methods of ours a lowered program needs on the prototypes, by what its text shows of their receivers. */
import ts from "typescript";
import { isWritten, unwrapped } from "./paths.js";
import { HIDDEN_ITERATOR } from "./builtins/others.js";
import { METHODS, type Patch } from "./helpers.js";
import type { Kind } from "./evident.js";
import type { Program } from "./rule.js";

const K = ts.SyntaxKind;

/** All of them: where a receiver is unknown, for every kind that it may be. */
export function patchesOf(program: Program): Set<Patch> {
  const patches = new Set<Patch>();
  const add = (name: string, kind: Kind | undefined): void => {
    for (const method of METHODS[name] ?? []) {
      for (const each of method.kinds)
        if (kind === undefined || kind === each) patches.add(`${each}.${name}`);
      if (method.needs !== undefined) add(method.needs, kind);
    }
  };
  const written = new Set(program.nodes.flatMap((node) => dataName(node) ?? []));
  const hasRegExps = program.scopes.globals.some((id) => /^__(makeR|R)egExp$/.test(id.text));
  for (const node of program.nodes) {
    if (asksForErrors(node, program)) patches.add("errors");
    if (asksForIterator(node, program)) add(HIDDEN_ITERATOR, undefined);
    if (program.isGlobal(node) && node.text === "__time") patches.add("dates");
    if (isNameOfFunction(node)) patches.add("names");
    if (isPartOfSetter(node)) UTC_SETTERS.forEach((name) => add(name, undefined));
    if (!ts.isPropertyAccessExpression(node) || !Object.hasOwn(METHODS, node.name.text)) continue;
    // `Object.keys`: a function of a global is no method of a value.
    if (program.isGlobal(node.expression) || isWritten(node)) continue;
    const args =
      ts.isCallExpression(node.parent) && node.parent.expression === node
        ? node.parent.arguments
        : NOT_CALLED;
    const kind = program.kindOf(node.expression);
    const isCall = args !== NOT_CALLED;
    // Data of the program's own: who reads such a property means that, and not a method of a list.
    if (kind === undefined && !isCall && written.has(node.name.text)) continue;
    for (const method of METHODS[node.name.text] ?? []) {
      const fits = kind === undefined || method.kinds.includes(kind);
      const needed =
        method.when === undefined || !isCall || method.when(args) || (hasRegExps && takesOwn(args));
      if (fits && needed) add(node.name.text, kind);
    }
  }
  return patches;
}

const UTC_SETTERS = Object.keys(METHODS).filter((name) => name.startsWith("setUTC"));

/** `date["set" + (isUtc ? "UTC" : "") + field]`: what it comes to shows in no name. */
function isPartOfSetter(node: ts.Node): boolean {
  return ts.isStringLiteral(node) && /^(set)?UTC$/.test(node.text) && !ts.isCallExpression(node.parent);
}

/** `Object.defineProperty(f, "name", ...)`, in a program that gives the names of functions to others. */
function isNameOfFunction(node: ts.Node): boolean {
  if (!ts.isStringLiteral(node) || node.text !== "name" || !ts.isCallExpression(node.parent)) return false;
  const { expression, arguments: args } = node.parent;
  const callee = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return (
    args[1] === node &&
    ts.isIdentifier(callee) &&
    /^(defineProperty|__describe\w*|__define)$/.test(callee.text)
  );
}

/** `list[Symbol.iterator]`, in a program that asks for it, or gives it away. */
function asksForIterator(node: ts.Node, program: Program): boolean {
  if (!program.isGlobal(node) || node.text !== "__Symbol_iterator") return false;
  const up = node.parent;
  if (!ts.isElementAccessExpression(up)) return !ts.isComputedPropertyName(up);
  return up.expression.kind !== K.ThisKeyword && !isWritten(up);
}

const NOT_CALLED: readonly ts.Expression[] = [];

/** The name under which an object literal holds something else than a function. */
function dataName(node: ts.Node): string | undefined {
  if (ts.isShorthandPropertyAssignment(node)) return node.name.text;
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name)) return undefined;
  const value = unwrapped(node.initializer);
  return ts.isFunctionExpression(value) || ts.isArrowFunction(value) ? undefined : node.name.text;
}

/** An argument that may be an expression of ours. */
const takesOwn = ([pattern]: readonly ts.Expression[]): boolean =>
  pattern !== undefined && !ts.isRegularExpressionLiteral(pattern) && !ts.isStringLiteralLike(pattern);

const ERROR = /^(Error|TypeError|SyntaxError|ReferenceError)$/;

/** What only an error with a name and a class tells right: `e instanceof Error`, `e.name` of what may be one. */
function asksForErrors(node: ts.Node, program: Program): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === K.InstanceOfKeyword)
    return program.isGlobal(node.right) && node.right.text === "Error";
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== "name") return false;
  const base = unwrapped(node.expression);
  if (ts.isNewExpression(base)) return program.isGlobal(base.expression) && ERROR.test(base.expression.text);
  if (isCalledError(base) || isComparedToError(node.parent)) return true;
  if (!ts.isIdentifier(base)) return false;
  const binding = program.scopes.bindingOf(base);
  return (
    binding !== undefined &&
    (binding.kinds.has("catch") ||
      binding.references.some(isAskedForMessage) ||
      binding.declarations.some((d) => holdsError(d, program)))
  );
}

/** `error`, `result.reason`: what nobody calls anything else. */
function isCalledError(node: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  return ts.isIdentifier(name) && /^_?(e|ex|err|error|reason|cause|exception)_?\d*$/.test(name.text);
}

const isAskedForMessage = ({ parent }: ts.Node): boolean =>
  ts.isPropertyAccessExpression(parent) && /^(message|stack)$/.test(parent.name.text);

/** `x.name === "TypeError"`. */
function isComparedToError(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    [node.left, node.right].some((side) => ts.isStringLiteral(side) && ERROR.test(side.text))
  );
}

function holdsError(declaration: ts.Node, program: Program): boolean {
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  // `let e = t.value_`: what the catch of a task takes, in whose place its code has no `catch`.
  if (value !== undefined && ts.isPropertyAccessExpression(value)) return true;
  return (
    value !== undefined &&
    ts.isNewExpression(value) &&
    program.isGlobal(value.expression) &&
    ERROR.test(value.expression.text)
  );
}
