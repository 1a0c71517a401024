/**
 * Statements. One without awaits, and without jumps to what surrounds it, is copied whole and runs at the engine's
 * own speed; the others become blocks of the graph.
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { declaresClosures } from "./copy.js";
import { classDeclaration, declare, enumDeclaration, openScope } from "./declarations.js";
import { Refusal } from "../diagnostics.js";
import { effectOf, valueOf } from "./expressions.js";
import { listsIn, withFutures } from "./futures.js";
import { forAwaitLoop } from "./generators.js";
import { makeBlock } from "./ir.js";
import { forInLoop, forOfLoop } from "./iterations.js";
import { isLongLoop, type LongLoop } from "./long-loops.js";
import { doLoop, forLoop, whileLoop } from "./loops.js";
import { hasLongLoop, longLoop } from "./rounds.js";
import {
  hasAwait,
  hasReturn,
  hasUsing,
  isUsing,
  jumpsOut,
  returnsThroughFinally,
  walkOwn,
} from "../syntax.js";
import { refusal } from "./operands.js";
import { awaitsReturn, returnValue } from "./returns.js";
import { tryStatement } from "./try-statement.js";
import { withResources } from "./using.js";

/** Lowers `node`; `labels` stand before it. */
export function statement(b: Builder, node: ts.Statement, labels: readonly string[] = []): void {
  if (b.isDead && !ts.isFunctionDeclaration(node)) return;
  b.statement(() => {
    lower(b, node, labels);
  });
}

/** Lowers the statements of one scope. */
export function scope(b: Builder, statements: readonly ts.Statement[]): void {
  withFutures(b, listsIn(statements), () => {
    openScope(b, statements);
    inOrder(b, statements);
  });
}

function inOrder(b: Builder, statements: readonly ts.Statement[]): void {
  for (const [i, each] of statements.entries()) {
    if (ts.isVariableStatement(each) && isUsing(each.declarationList) && !b.isDead) {
      withResources(b, each.declarationList, () => {
        inOrder(b, statements.slice(i + 1));
      });
      return;
    }
    statement(b, each);
  }
}

function lower(b: Builder, node: ts.Statement, labels: readonly string[]): void {
  if (ts.isFunctionDeclaration(node) || ts.isEmptyStatement(node)) return;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
  if (ts.isVariableStatement(node)) declare(b, node.declarationList);
  else if (ts.isClassDeclaration(node)) classDeclaration(b, node);
  else if (ts.isEnumDeclaration(node)) enumDeclaration(b, node);
  else if (isWhole(b, node)) b.line(b.copier.statement(node));
  else if (isLongLoop(node) && isWholeButItsHead(b, node)) longLoop(b, node, labels);
  else if (ts.isExpressionStatement(node)) effectOf(b, node.expression);
  else if (ts.isBlock(node))
    labelled(b, labels, () => {
      scope(b, node.statements);
    });
  else if (ts.isIfStatement(node))
    labelled(b, labels, () => {
      ifStatement(b, node);
    });
  else if (ts.isReturnStatement(node)) returnStatement(b, node);
  else if (ts.isThrowStatement(node)) throwStatement(b, node);
  else if (ts.isBreakOrContinueStatement(node)) breakOrContinue(b, node);
  else if (ts.isLabeledStatement(node)) statement(b, node.statement, [...labels, node.label.text]);
  else if (ts.isTryStatement(node))
    labelled(b, labels, () => {
      tryStatement(b, node);
    });
  else if (ts.isSwitchStatement(node)) switchStatement(b, node, labels);
  else if (ts.isWhileStatement(node)) whileLoop(b, node, labels);
  else if (ts.isDoStatement(node)) doLoop(b, node, labels);
  else if (ts.isForStatement(node)) forLoop(b, node, labels);
  else if (ts.isForOfStatement(node))
    (node.awaitModifier === undefined || b.plain !== null ? forOfLoop : forAwaitLoop)(b, node, labels);
  else if (ts.isForInStatement(node)) forInLoop(b, node, labels);
  else throw refusal(node);
}

/** Whether `node` can be copied as it stands. */
function isWhole(b: Builder, node: ts.Statement): boolean {
  return isPlain(b, node) && !hasLongLoop(b.fn, node);
}

/** Whether `node` can be copied but for a check of its rounds. */
function isWholeButItsHead(b: Builder, node: LongLoop): boolean {
  return (
    b.fn.longLoops.has(node) &&
    isPlain(b, node) &&
    !hasLongLoop(b.fn, node.statement) &&
    !declaresClosures(node)
  );
}

/** Whether nothing in `node` suspends or leads out of it. */
function isPlain(b: Builder, node: ts.Statement): boolean {
  if (hasAwait(node) || jumpsOut(node) || hasUsing(node)) return false;
  if (!hasReturn(node)) return true;
  if (b.contexts.some((context) => context.kind !== "loop") || returnsThroughFinally(node)) return false;
  let isKept = !ts.isReturnStatement(node);
  walkOwn(node, (each) => {
    if (ts.isReturnStatement(each) && each.expression !== undefined && awaitsReturn(b, each.expression))
      isKept = false;
  });
  return isKept;
}

/** Runs `body` as the target of `break label`. */
function labelled(b: Builder, labels: readonly string[], body: () => void): void {
  if (labels.length === 0) {
    body();
    return;
  }
  const exit = makeBlock();
  b.contexts.push({ kind: "loop", labels, exit, again: null, isAnonymous: false });
  body();
  b.contexts.pop();
  b.goto(exit);
  b.at(exit);
}

function ifStatement(b: Builder, node: ts.IfStatement): void {
  const [then, after] = [makeBlock(), makeBlock()];
  const otherwise = node.elseStatement === undefined ? after : makeBlock();
  b.branch(b.mark(node) + valueOf(b, node.expression), then, otherwise);
  b.at(then);
  statement(b, node.thenStatement);
  b.goto(after);
  if (node.elseStatement !== undefined) {
    b.at(otherwise);
    statement(b, node.elseStatement);
    b.goto(after);
  }
  b.at(after);
}

function returnStatement(b: Builder, node: ts.ReturnStatement): void {
  returnValue(b, node.expression, node);
}

function throwStatement(b: Builder, node: ts.ThrowStatement): void {
  b.line(`${b.mark(node)}throw ${valueOf(b, node.expression)};`);
  b.end({ kind: "end" });
}

function breakOrContinue(b: Builder, node: ts.BreakOrContinueStatement): void {
  for (let depth = b.contexts.length - 1; depth >= 0; depth--) {
    const context = b.contexts[depth]!;
    if (context.kind !== "loop") continue;
    const isMeant = node.label === undefined ? context.isAnonymous : context.labels.includes(node.label.text);
    if (!isMeant) continue;
    if (ts.isBreakStatement(node)) {
      b.jump(context.exit, depth);
      return;
    }
    if (context.again === null) continue;
    b.jump(context.again, depth + 1);
    return;
  }
  throw new Refusal("C144", node, "this jump has no target");
}

function switchStatement(b: Builder, node: ts.SwitchStatement, labels: readonly string[]): void {
  const value = b.store(valueOf(b, node.expression), node.expression);
  const statements = node.caseBlock.clauses.flatMap((clause) => [...clause.statements]);
  withFutures(b, listsIn(statements), () => {
    openScope(b, statements);
    cases(b, node.caseBlock.clauses, value, labels);
  });
}

/** All clauses are one scope; each test is evaluated until one fits. */
function cases(
  b: Builder,
  clauses: readonly ts.CaseOrDefaultClause[],
  value: string,
  labels: readonly string[],
): void {
  const exit = makeBlock();
  const bodies = clauses.map(makeBlock);
  clauses.forEach((clause, i) => {
    if (ts.isDefaultClause(clause)) return;
    const next = makeBlock();
    b.branch(`${value} === (${valueOf(b, clause.expression)})`, bodies[i]!, next);
    b.at(next);
  });
  const byDefault = clauses.findIndex(ts.isDefaultClause);
  b.goto(byDefault < 0 ? exit : bodies[byDefault]!);
  b.contexts.push({ kind: "loop", labels, exit, again: null, isAnonymous: true });
  clauses.forEach((clause, i) => {
    b.at(bodies[i]!);
    inOrder(b, clause.statements);
    b.goto(bodies[i + 1] ?? exit);
  });
  b.contexts.pop();
  b.at(exit);
}
