/**
 * Loops that may go on for long without an await, and keep all other tasks waiting meanwhile. They get a check
 * (rounds.ts), unless it is plain that they end:
 *
 *   for (let i = 0; i < n; i++)      counts towards a bound that the loop leaves alone
 *   while (n-- > 0)                  counts in its test
 *   while (i < n) { ...; i += 2; }   counts in a statement of its body that each round passes
 *   for-of, for-in                   go over what is there
 */
import ts from "typescript";
import type { Silences } from "../checks/silences.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import { isAssigned, isReference, some, unwrapped, walkOwn } from "../syntax.js";

/** A loop that can be without end. */
export type LongLoop = ts.ForStatement | ts.WhileStatement | ts.DoStatement;

const K = ts.SyntaxKind;

export function isLongLoop(node: ts.Node): node is LongLoop {
  return ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node);
}

/** Fills in `longLoops` of all `functions`; a silenced loop is left as it is, on the author's word. */
export function findLongLoops(
  program: Program,
  functions: readonly AsyncFunction[],
  silences: Silences,
): void {
  for (const fn of functions) {
    const found = program.noted(fn.file, `long loops ${fn.node.pos}`, () => longLoopsIn(program, fn.node));
    for (const node of found) if (!silences.has("C233", node)) fn.longLoops.add(node);
  }
}

function longLoopsIn(program: Program, root: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  walkOwn(root, (node) => {
    if (isLongLoop(node) && !isInClass(node, root) && !isCounted(program, node)) found.push(node);
  });
  return found;
}

/** Code of a class inside a function runs in no frame. */
function isInClass(node: ts.Node, root: ts.Node): boolean {
  for (let up = node.parent; up !== root; up = up.parent) if (ts.isClassLike(up)) return true;
  return false;
}

/** Whether each round brings the loop nearer to its end. */
function isCounted(program: Program, loop: LongLoop): boolean {
  const test = ts.isForStatement(loop) ? loop.condition : loop.expression;
  return test !== undefined && conjuncts(test).some((each) => bounds(program, loop, each));
}

function conjuncts(test: ts.Expression): ts.Expression[] {
  const inner = unwrapped(test);
  const isAnd = ts.isBinaryExpression(inner) && inner.operatorToken.kind === K.AmpersandAmpersandToken;
  return isAnd ? [...conjuncts(inner.left), ...conjuncts(inner.right)] : [inner];
}

/** One step of a counter. */
interface Step {
  readonly symbol: ts.Symbol;
  readonly isUp: boolean;
  /** Whether it meets every number on its way. */
  readonly isSingle: boolean;
  readonly node: ts.Node;
}

function bounds(program: Program, loop: LongLoop, test: ts.Expression): boolean {
  const comparison = comparisonOf(test);
  if (comparison === undefined) return false;
  const { counter, bound } = comparison;
  const own = stepOf(program, counter);
  const symbol = own?.symbol ?? (ts.isIdentifier(counter) ? program.symbolOf(counter) : undefined);
  if (symbol === undefined || (bound !== undefined && !isSteady(program, loop, bound))) return false;
  const step = own ?? stepsOf(program, loop).find((each) => each.symbol === symbol);
  if (step === undefined || writesTo(program, loop, symbol, step.node)) return false;
  return (step.isUp ? comparison.isUp : comparison.isDown) && (step.isSingle || comparison.isLoose);
}

/** A test that a counter can bring to an end: by going up or down, and whether it may jump over the bound. */
interface Comparison {
  readonly counter: ts.Expression;
  readonly bound?: ts.Expression;
  readonly isUp: boolean;
  readonly isDown: boolean;
  readonly isLoose: boolean;
}

function comparisonOf(test: ts.Expression): Comparison | undefined {
  if (!ts.isBinaryExpression(test)) return { counter: test, isUp: false, isDown: true, isLoose: false };
  const { left, right, operatorToken } = test;
  const isLeft = isCounter(left);
  const counter = unwrapped(isLeft ? left : right);
  const bound = isLeft ? right : left;
  switch (operatorToken.kind) {
    case K.LessThanToken:
    case K.LessThanEqualsToken:
      return { counter, bound, isUp: isLeft, isDown: !isLeft, isLoose: true };
    case K.GreaterThanToken:
    case K.GreaterThanEqualsToken:
      return { counter, bound, isUp: !isLeft, isDown: isLeft, isLoose: true };
    case K.ExclamationEqualsToken:
    case K.ExclamationEqualsEqualsToken:
      return { counter, bound, isUp: true, isDown: true, isLoose: false };
    default:
      return undefined;
  }
}

function isCounter(node: ts.Expression): boolean {
  const inner = unwrapped(node);
  return ts.isIdentifier(inner) || ts.isPostfixUnaryExpression(inner) || ts.isPrefixUnaryExpression(inner);
}

/** The step that evaluating `node` takes, if that is all it does. */
function stepOf(program: Program, node: ts.Node): Step | undefined {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    if (node.operator !== K.PlusPlusToken && node.operator !== K.MinusMinusToken) return undefined;
    return step(program, node.operand, node.operator === K.PlusPlusToken, true, node);
  }
  if (!ts.isBinaryExpression(node) || !ts.isNumericLiteral(node.right) || Number(node.right.text) === 0)
    return undefined;
  const operator = node.operatorToken.kind;
  if (operator !== K.PlusEqualsToken && operator !== K.MinusEqualsToken) return undefined;
  return step(program, node.left, operator === K.PlusEqualsToken, node.right.text === "1", node);
}

function step(
  program: Program,
  target: ts.Expression,
  isUp: boolean,
  isSingle: boolean,
  node: ts.Node,
): Step | undefined {
  const symbol = ts.isIdentifier(target) ? program.symbolOf(target) : undefined;
  return symbol === undefined ? undefined : { symbol, isUp, isSingle, node };
}

/** The steps that every round takes: in the head of a `for`, or as statements of the body that nothing passes by. */
function stepsOf(program: Program, loop: LongLoop): Step[] {
  const nodes: ts.Node[] = [];
  if (ts.isForStatement(loop) && loop.incrementor !== undefined) nodes.push(...commaParts(loop.incrementor));
  const body = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  if (!some(loop.statement, ts.isContinueStatement)) {
    for (const each of body) if (ts.isExpressionStatement(each)) nodes.push(...commaParts(each.expression));
  }
  return nodes.flatMap((node) => stepOf(program, node) ?? []);
}

function commaParts(node: ts.Expression): ts.Expression[] {
  const isList = ts.isBinaryExpression(node) && node.operatorToken.kind === K.CommaToken;
  return isList ? [...commaParts(node.left), ...commaParts(node.right)] : [node];
}

/** Whether the loop leaves `bound` alone, as far as its text shows. */
function isSteady(program: Program, loop: LongLoop, bound: ts.Expression): boolean {
  const inner = unwrapped(bound);
  if (ts.isLiteralExpression(inner)) return true;
  if (ts.isIdentifier(inner)) {
    const symbol = program.symbolOf(inner);
    return symbol !== undefined && !writesTo(program, loop, symbol);
  }
  if (ts.isPrefixUnaryExpression(inner)) return isSteady(program, loop, inner.operand);
  if (ts.isBinaryExpression(inner)) {
    return isSteady(program, loop, inner.left) && isSteady(program, loop, inner.right);
  }
  if (!ts.isPropertyAccessExpression(inner) || inner.name.text !== "length") return false;
  return isSteady(program, loop, inner.expression) && !grows(loop, inner.expression.getText());
}

/** Whether the loop puts something into the list that is called `name`. */
function grows(loop: LongLoop, name: string): boolean {
  return some(
    loop,
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.expression.getText() === name &&
      /^(push|unshift|splice)$/.test(node.expression.name.text),
  );
}

/** Whether something in the loop but `except`, functions included, assigns `symbol`. */
function writesTo(program: Program, loop: ts.Node, symbol: ts.Symbol, except?: ts.Node): boolean {
  return some(loop, (node) => {
    if (node === except || !ts.isIdentifier(node) || !isReference(node)) return false;
    return node.parent !== except && program.symbolOf(node) === symbol && isAssigned(node);
  });
}
