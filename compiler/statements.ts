/**
 * Statements. One without awaits, and without jumps to what surrounds it, is copied whole and runs at the engine's
 * own speed; the others become blocks of the graph.
 */
import ts from "typescript";
import { awaited, isAwaitable } from "./awaits.js";
import type { Builder } from "./builder.js";
import { Refusal } from "./diagnostics.js";
import { effectOf, valueOf } from "./expressions.js";
import { makeBlock } from "./ir.js";
import { doLoop, forLoop, forOfLoop, whileLoop } from "./loops.js";
import { hasAwait, hasReturn, jumpsOut, unwrapped, walkOwn } from "./syntax.js";
import { withCleanup, tryStatement } from "./try.js";

/** Lowers `node`; `labels` stand before it. */
export function statement(b: Builder, node: ts.Statement, labels: readonly string[] = []): void {
  if (b.isDead && !ts.isFunctionDeclaration(node)) return;
  b.statement(() => { lower(b, node, labels); });
}

/** Lowers the statements of one scope. */
export function scope(b: Builder, statements: readonly ts.Statement[]): void {
  const futures = statements.filter(ts.isVariableStatement).flatMap((each) => futuresIn(b, each));
  const body = (): void => {
    openScope(b, statements);
    for (const each of statements) statement(b, each);
  };
  if (futures.length === 0) body();
  else {
    const slots = futures.map((name) => b.scopes.claim(name));
    b.futures.push(...slots);
    withCleanup(b, body, () => { for (const slot of slots) b.line(`$drop(${b.storage.future(slot)});`); });
  }
}

/** Makes the boxes of a scope's locals that closures hold, then its functions, which may hold them. */
function openScope(b: Builder, statements: readonly ts.Statement[]): void {
  for (const each of statements) {
    if (ts.isVariableStatement(each)) openBoxes(b, each.declarationList);
    if ((ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each)) && each.name !== undefined) openBox(b, each.name);
  }
  for (const each of statements) {
    if (!ts.isFunctionDeclaration(each) || each.name === undefined) continue;
    b.line(`${b.copier.reference(b.scopes.claim(each.name))} = ${b.copier.closureText(each)};`);
  }
}

/** Makes fresh boxes for the names that `list` declares. */
export function openBoxes(b: Builder, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) namesIn(declaration.name, (name) => { openBox(b, name); });
}

export function openBox(b: Builder, name: ts.Identifier): void {
  const slot = b.scopes.claim(name);
  if (slot.isBoxed) b.line(`${b.storage.slot(slot)} = { v: undefined };`);
}

export function namesIn(name: ts.BindingName, visit: (name: ts.Identifier) => void): void {
  if (ts.isIdentifier(name)) visit(name);
  else for (const element of name.elements) if (!ts.isOmittedExpression(element)) namesIn(element.name, visit);
}

function lower(b: Builder, node: ts.Statement, labels: readonly string[]): void {
  if (ts.isFunctionDeclaration(node) || ts.isEmptyStatement(node)) return;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
  if (ts.isVariableStatement(node)) declare(b, node.declarationList);
  else if (ts.isClassDeclaration(node)) classDeclaration(b, node);
  else if (isWhole(b, node)) b.line(b.copier.statement(node));
  else if (ts.isExpressionStatement(node)) effectOf(b, node.expression);
  else if (ts.isBlock(node)) labelled(b, labels, () => { scope(b, node.statements); });
  else if (ts.isIfStatement(node)) labelled(b, labels, () => { ifStatement(b, node); });
  else if (ts.isReturnStatement(node)) returnStatement(b, node);
  else if (ts.isThrowStatement(node)) throwStatement(b, node);
  else if (ts.isBreakOrContinueStatement(node)) breakOrContinue(b, node);
  else if (ts.isLabeledStatement(node)) statement(b, node.statement, [...labels, node.label.text]);
  else if (ts.isTryStatement(node)) labelled(b, labels, () => { tryStatement(b, node); });
  else if (ts.isSwitchStatement(node)) switchStatement(b, node, labels);
  else if (ts.isWhileStatement(node)) whileLoop(b, node, labels);
  else if (ts.isDoStatement(node)) doLoop(b, node, labels);
  else if (ts.isForStatement(node)) forLoop(b, node, labels);
  else if (ts.isForOfStatement(node)) forOfLoop(b, node, labels);
  else throw new Refusal("C141", node, `${nameOfKind(node)} with an await or a jump out of it is not compiled yet. Write a for loop`);
}

/** Whether `node` can be copied as it stands. */
function isWhole(b: Builder, node: ts.Statement): boolean {
  if (hasAwait(node) || jumpsOut(node)) return false;
  if (!hasReturn(node)) return true;
  if (b.contexts.some((context) => context.kind !== "loop")) return false;
  let isPlain = !ts.isReturnStatement(node);
  walkOwn(node, (each) => {
    if (ts.isReturnStatement(each) && each.expression !== undefined && isAwaitable(b, each.expression)) isPlain = false;
  });
  return isPlain;
}

function nameOfKind(node: ts.Node): string {
  return ts.SyntaxKind[node.kind].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** Declares the locals of `list`. */
export function declare(b: Builder, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    const { name, initializer } = declaration;
    if (initializer === undefined) {
      b.line(`${b.copier.pattern(name)} = undefined;`);
      continue;
    }
    if (isFutureDeclaration(b, declaration)) declareFuture(b, declaration.name as ts.Identifier, initializer);
    else if (ts.isIdentifier(name)) {
      const value = valueOf(b, initializer);
      b.line(`${b.mark(declaration)}${b.copier.pattern(name)} = ${value};`);
    } else {
      const value = valueOf(b, initializer);
      b.line(`${b.mark(declaration)}(${b.copier.pattern(name)} = ${value});`);
    }
  }
}

function futuresIn(b: Builder, node: ts.VariableStatement): ts.Identifier[] {
  const own = node.declarationList.declarations.filter((each) => isFutureDeclaration(b, each));
  return own.map((declaration) => declaration.name as ts.Identifier);
}

/** Whether `declaration` makes a future and names it: its operation lives in the frame under that name. */
function isFutureDeclaration(b: Builder, declaration: ts.VariableDeclaration): boolean {
  if (declaration.initializer === undefined || !ts.isIdentifier(declaration.name)) return false;
  return ts.isCallExpression(unwrapped(declaration.initializer)) && b.program.isFuture(declaration.initializer);
}

function declareFuture(b: Builder, name: ts.Identifier, initializer: ts.Expression): void {
  const value = valueOf(b, initializer);
  const slot = b.scopes.claim(name);
  b.line(`$aim(${b.storage.future(slot)});`);
  b.line(`${b.mark(name)}${b.copier.reference(slot)} = ${value};`);
}

function classDeclaration(b: Builder, node: ts.ClassDeclaration): void {
  if (node.name === undefined) return;
  b.line(`${b.mark(node)}${b.copier.reference(b.scopes.claim(node.name))} = ${b.copier.closureText(node)};`);
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

/** Returns `expression`; a future or a call of an async function is awaited first, as async functions do. */
export function returnValue(b: Builder, expression: ts.Expression | undefined, node: ts.Node): void {
  if (expression === undefined) b.return(null);
  else if (isAwaitable(b, expression)) b.return(awaited(b, expression, node).value);
  else b.return(b.mark(node) + valueOf(b, expression));
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
  const exit = makeBlock();
  const value = b.store(valueOf(b, node.expression));
  const clauses = node.caseBlock.clauses;
  const bodies = clauses.map(makeBlock);
  openScope(b, clauses.flatMap((clause) => [...clause.statements]));
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
    for (const each of clause.statements) statement(b, each);
    b.goto(bodies[i + 1] ?? exit);
  });
  b.contexts.pop();
  b.at(exit);
}
