/**
 * Plain functions: async functions and generators that no task runs. Their graph is built by the passes that build
 * those of tasks; what differs is what a pause is, and that each run has a frame of its own.
 */
import ts from "typescript";
import { Builder, type Awaited } from "../graph/builder.js";
import type { Lowering, Plain } from "../graph/lowering.js";
import type { Copier } from "../graph/copy.js";
import { hoist } from "../graph/declarations.js";
import { emitPoll, named } from "../emit/emit-promise.js";
import { valueOf } from "../graph/expressions.js";
import { makeFunction } from "../find/find-tasks.js";
import type { Graph, Pause } from "../graph/ir.js";
import { returnValue } from "../graph/returns.js";
import { scope, statement } from "../graph/statements.js";
import { globalText } from "./globals.js";
import type { PlainFacts } from "./names.js";
import { isFunction, type AsyncNode } from "../syntax.js";
import { authored, markOf } from "../emit/text.js";

/** What the engine has, besides async functions and generators. */
export interface Engine {
  /** Promises that do as JavaScript says, and all that `Promise` has. */
  readonly ownPromises: boolean;
  /** Iterables that are no arrays. */
  readonly iterators: boolean;
}

const LOWERING: Lowering = { statement, scope, awaited, valueOf, yielded, generatorText: () => undefined };

/** Whether `node` is an async function or a generator. */
export function isPlain(node: ts.Node): node is AsyncNode {
  if (!isFunction(node) || ts.isConstructorDeclaration(node) || ts.isAccessor(node)) return false;
  return isAsync(node) || node.asteriskToken !== undefined;
}

export function isAsync(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.AsyncKeyword);
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((each) => each.kind === kind) === true;
}

/** Writes plain functions of one file. */
export class PlainWriter {
  constructor(
    private readonly facts: PlainFacts,
    private readonly engine: Engine,
  ) {}

  /** The text for `node` when it is a plain function, or a global that the engine has in another form. */
  replaced(node: ts.Node, outer: Copier | null, name: (node: ts.Node) => string): string | undefined {
    if (isPlain(node)) return this.text(node, outer, name);
    return this.engine.ownPromises ? undefined : globalText(node, this.facts);
  }

  /** The text of the function `node`; `name` gives that of a computed key. */
  private text(node: AsyncNode, outer: Copier | null, name: (node: ts.Node) => string): string {
    const kind = { isAsync: isAsync(node), isGenerator: node.asteriskToken !== undefined };
    const plain: Plain = {
      ...kind,
      outer,
      resolved: named,
      replaced: (inner, copier) => this.replaced(inner, copier, (each) => copier.text(each)),
    };
    const b = new Builder(
      this.facts,
      makeFunction(node, "", ""),
      new Map(),
      LOWERING,
      this.engine.iterators,
      plain,
    );
    return functionText(node, b, build(b, node), plain, name);
  }
}

function build(b: Builder, node: AsyncNode): Graph {
  b.params = node.parameters.flatMap((each) => identifiersIn(each.name).map((name) => b.scopes.claim(name)));
  hoist(b);
  const body = node.body!;
  if (ts.isBlock(body)) scope(b, body.statements);
  else returnValue(b, body, body);
  b.return(null);
  return b.graph();
}

function identifiersIn(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  const elements: readonly ts.ArrayBindingElement[] = name.elements;
  return elements.filter(ts.isBindingElement).flatMap((each) => identifiersIn(each.name));
}

function awaited(b: Builder, operand: ts.Expression, node: ts.Node): Awaited {
  pause(b, "await", b.mark(operand) + b.value(operand), node);
  return { value: "$t.value_", isTaken: false };
}

function yielded(b: Builder, node: ts.YieldExpression): string {
  const operand = node.expression;
  const value = operand === undefined ? "void 0" : b.mark(operand) + b.value(operand);
  if (node.asteriskToken !== undefined) pause(b, "delegate", value, node);
  else {
    if (b.plain!.isAsync) pause(b, "await", value, node);
    pause(b, "yield", b.plain!.isAsync ? "$t.value_" : value, node);
  }
  return "$t.value_";
}

function pause(b: Builder, how: Pause, value: string, node: ts.Node): void {
  b.suspend((next) => ({ kind: "pause", how, value, next }), node);
}

function functionText(
  node: AsyncNode,
  b: Builder,
  graph: Graph,
  { isAsync, isGenerator }: Plain,
  name: (node: ts.Node) => string,
): string {
  const locals = graph.slots.filter((slot) => !graph.params.includes(slot)).map((slot) => slot.name);
  const declared = locals.length === 0 ? "" : `let ${locals.join(", ")}; `;
  const parameters = named(node.parameters.map((each) => b.copier.text(each)).join(", "), graph.slots);
  const poll = emitPoll(graph);
  const directives = directivesOf(node);
  const self = b.scopes.argumentsAlias;
  const alias = self === null ? "" : `let ${self} = arguments; `;
  if (isGenerator) {
    const run = isAsync ? "$asyncGenerator" : "$generator";
    return `${headOf(node, parameters, name)} { ${directives}${alias}${declared}return ${run}(${poll}); }`;
  }
  if (node.parameters.every(cannotFail))
    return `${headOf(node, parameters, name)} { ${directives}${alias}${declared}return $async(${poll}); }`;
  // What parameters do may throw, and then the promise is rejected.
  const count = node.parameters.findIndex(
    (each) => each.initializer !== undefined || each.dotDotDotToken !== undefined,
  );
  const leading = node.parameters.slice(0, count < 0 ? undefined : count).map((_, i) => `$${i}`);
  const isArrow = ts.isArrowFunction(node);
  const args = isArrow ? `[${[...leading, "...$rest"].join(", ")}]` : "arguments";
  const head = headOf(node, [...leading, ...(isArrow ? ["...$rest"] : [])].join(", "), name);
  const make = `(${parameters}) => { ${declared}return ${poll}; }`;
  return `${head} { ${directives}${alias}return $asyncWith(${make}, ${args}); }`;
}

function cannotFail(parameter: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && parameter.initializer === undefined;
}

function headOf(node: AsyncNode, parameters: string, name: (node: ts.Node) => string): string {
  const mark = markOf(node);
  if (ts.isArrowFunction(node)) return `${mark}(${parameters}) =>`;
  const modifiers = (node.modifiers ?? [])
    .filter((each) => each.kind !== ts.SyntaxKind.AsyncKeyword)
    .map((each) => `${each.getText()} `)
    .join("");
  const own = node.name === undefined ? "" : name(node.name);
  if (ts.isMethodDeclaration(node)) return `${mark}${modifiers}${own}(${parameters})`;
  return `${mark}${modifiers}function ${own}(${parameters})`;
}

function directivesOf(node: AsyncNode): string {
  if (!ts.isBlock(node.body!)) return "";
  const statements = node.body.statements;
  const end = statements.findIndex(
    (each) => !ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression),
  );
  const directives = statements.slice(0, end < 0 ? undefined : end);
  return directives
    .map((each) => `${authored((each as ts.ExpressionStatement).expression.getText())}; `)
    .join("");
}
