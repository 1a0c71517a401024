/**
 * Whether a board's executor must count waits that are over at once (core/op-states.ts, `BUDGET_OF_A_POLL`): whether a task
 * may have so many of them in one poll. A channel of a few items, or a signal, is soon empty for who only takes; but one
 * that a task fills itself, or a lock that nobody else wants, never is.
 */
import ts from "typescript";
import type { AsyncFunction } from "./find-tasks.js";
import { reachedFrom } from "../frames/send.js";
import type { Program } from "../program/program.js";

/** What is empty after some taking, or never done at once. All else of the library may be ready for ever. */
const USED_UP =
  /^(task|spawn|trySpawn|cancel|ms|s|sleep|yieldNow|select|timeout|now|after|between|TIMED_OUT|CLOSED|BUSY|Channel|Signal)$/;

/** Calls that fill what others empty. */
const FILLS = /\.(send|trySend|set)\b/;
const EMPTIES = /\.(receive|wait)\b|\bfor await\b/;

/** See the head of this file. */
export function needsBudget(program: Program, functions: readonly AsyncFunction[]): boolean {
  return program.authored.some(importsMore) || functions.some((fn) => fn.pool > 0 && feedsItself(fn));
}

/** Whether the file imports what may be ready for ever. */
function importsMore(file: ts.SourceFile): boolean {
  return file.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement)) return false;
    if ((statement.moduleSpecifier as ts.StringLiteral).text !== "dormouse") return false;
    const names = statement.importClause?.namedBindings;
    if (names === undefined || statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
      return false;
    if (ts.isNamespaceImport(names)) return true;
    return names.elements.some(
      (each) => !each.isTypeOnly && !USED_UP.test((each.propertyName ?? each.name).text),
    );
  });
}

/** Whether the task fills and empties, or calls plain functions of its file that fill. */
function feedsItself(task: AsyncFunction): boolean {
  const reached = reachedFrom(task);
  if (!reached.some(({ node }) => EMPTIES.test(node.getText()))) return false;
  if (reached.some(({ node }) => FILLS.test(node.getText()))) return true;
  return [...new Set(reached.map(({ node }) => node.getSourceFile()))].some(hasPlainFiller);
}

function hasPlainFiller(file: ts.SourceFile): boolean {
  let has = false;
  const visit = (node: ts.Node): void => {
    const isPlain = ts.isFunctionLike(node) && !hasAsync(node) && !isDefault(node);
    if (isPlain && FILLS.test(node.getText())) has = true;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return has;
}

function hasAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

/** `main`, which no task runs. */
function isDefault(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}
