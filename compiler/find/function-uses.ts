/**
 * Where values of a file go, by the names of what takes them, for {@link Flows}: a list of syntax, without a symbol.
 *
 *   f(a, b), new F(a)     calls, by the last name of what is called
 *   x = v                 assignments to names             o.p = v, { p: v }, class { p = v }       properties
 *   [v]                   what a list is made of          l.push(v)                     what it, or a map, gets later
 *   o[k] = v, { [k]: v }  properties whose name is not known
 */
import ts from "typescript";
import { above, isCallee, isFunction, isReference, unwrapped } from "../syntax.js";
import { isAsync } from "./targets.js";

export type AnyCall = ts.CallExpression | ts.NewExpression;

/** See the head of this file. */
export interface FunctionUses {
  readonly calls: ReadonlyMap<string, readonly AnyCall[]>;
  readonly assignments: ReadonlyMap<string, readonly ts.Expression[]>;
  /** Values of properties; a method, and a parameter that is one, stand for themselves. */
  readonly properties: ReadonlyMap<string, readonly ts.Node[]>;
  /** Those of `properties` that are assigned. */
  readonly written: readonly ts.Expression[];
  readonly listed: readonly ts.Expression[];
  readonly kept: readonly ts.Expression[];
  readonly computed: readonly ts.Expression[];
  /** Async functions, and names, where they are no callees: values, if that is what the names mean. */
  readonly values: readonly ts.Expression[];
  /** Names that async functions have. */
  readonly names: ReadonlySet<string>;
  /** Names of functions with a rest parameter. */
  readonly rests: ReadonlySet<string>;
}

/** What stands for calls by `super(...)`. */
export const SUPER = "super";

/** Functions of a library that put what they are given into a list, or the like. */
const KEEPERS = /^(push|unshift|splice|fill|concat|with|of|add|set)$/;

/** The uses in `file`. */
export function functionUsesIn(file: ts.SourceFile): FunctionUses {
  const calls = new Map<string, AnyCall[]>();
  const assignments = new Map<string, ts.Expression[]>();
  const properties = new Map<string, ts.Node[]>();
  const written: ts.Expression[] = [];
  const listed: ts.Expression[] = [];
  const kept: ts.Expression[] = [];
  const computed: ts.Expression[] = [];
  const values: ts.Expression[] = [];
  const names = new Set<string>();
  const rests = new Set<string>();
  const property = (name: ts.Node, value: ts.Node | undefined): void => {
    if (value === undefined) return;
    if (ts.isComputedPropertyName(name)) computed.push(value as ts.Expression);
    else add(properties, textOf(name), value);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = calledName(node);
      add(calls, name, node);
      if (KEEPERS.test(name)) kept.push(...(node.arguments ?? []));
    }
    if (isAsync(node)) names.add(nameIn(node));
    if (isFunction(node) && node.parameters.some((each) => each.dotDotDotToken !== undefined))
      rests.add(nameIn(node));
    if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node))
      property(node.name, node.initializer);
    if (ts.isShorthandPropertyAssignment(node)) property(node.name, node.name);
    if (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent)) property(node.name, node);
    if (ts.isGetAccessor(node)) for (const value of returnedBy(node)) property(node.name, value);
    if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent))
      property(node.name, node);
    if (ts.isBinaryExpression(node) && isPlainAssignment(node)) assign(node.left, node.right);
    if (ts.isArrayLiteralExpression(node)) listed.push(...node.elements);
    if (isValue(node)) values.push(node);
    ts.forEachChild(node, visit);
  };
  const assign = (left: ts.Expression, right: ts.Expression): void => {
    const place = unwrapped(left);
    if (ts.isIdentifier(place)) add(assignments, place.text, right);
    else if (ts.isPropertyAccessExpression(place)) {
      add(properties, place.name.text, right);
      written.push(right);
    } else computed.push(right);
  };
  visit(file);
  return { calls, assignments, properties, written, listed, kept, computed, values, names, rests };
}

/** The name that `fn` or its `const` has; empty where it has none. */
function nameIn(fn: ts.FunctionLikeDeclaration): string {
  if (fn.name !== undefined) return textOf(fn.name);
  let up = above(fn)!;
  while (ts.isExpression(up)) up = up.parent;
  return ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) ? up.name.text : "";
}

function add<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [value]);
  else list.push(value);
}

function isPlainAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const K = ts.SyntaxKind;
  return (
    kind === K.EqualsToken ||
    kind === K.QuestionQuestionEqualsToken ||
    kind === K.BarBarEqualsToken ||
    kind === K.AmpersandAmpersandEqualsToken
  );
}

function textOf(name: ts.Node): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
}

/** The last name of what `call` calls: `f`, or `m` of `o.m`. */
function calledName({ expression }: AnyCall): string {
  const callee = unwrapped(expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return SUPER;
  return ts.isIdentifier(callee) ? callee.text : "";
}

/** Whether `node` may be an async function where it is a value. */
function isValue(node: ts.Node): node is ts.Expression {
  if (ts.isIdentifier(node)) return isReference(node) && !isCallee(node);
  if (ts.isPropertyAccessExpression(node)) return !isCallee(node);
  return isFunction(node) && ts.isExpression(node) && !isCallee(node);
}

/** What `fn` returns, in all of its places. */
export function returnedBy(fn: ts.FunctionLikeDeclaration): ts.Expression[] {
  const { body } = fn;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    if (!isFunction(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}
