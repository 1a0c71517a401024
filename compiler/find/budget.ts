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
  /^(task|spawn|trySpawn|cancel|ms|s|sleep|yieldNow|select|timeout|now|after|between|retry|Backoff|makeRandom|map|filter|take|window|merge|TIMED_OUT|CLOSED|BUSY|Channel|Signal)$/;

/** Calls that fill what others empty. */
const FILLS = /^(send|trySend|set)$/;
const EMPTIES = /^(receive|wait)$/;

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

/** Whether the task may fill what it empties: by the same name, by a parameter of another function, or in a plain one. */
function feedsItself(task: AsyncFunction): boolean {
  const uses = reachedFrom(task).flatMap(({ node }) => usesIn(node));
  const empties = uses.filter((use) => use.method === "empties");
  if (empties.length === 0) return false;
  const fills = uses.filter((use) => use.method === "fills");
  if (empties.some((empty) => fills.some((fill) => mayBeOne(fill, empty)))) return true;
  return [...new Set(empties.map(({ owner }) => owner.getSourceFile()))].some(hasPlainFiller);
}

/** A call of `object.send()` and the like in the function `owner`. */
interface Use {
  readonly method: "fills" | "empties";
  readonly object: string;
  readonly owner: ts.Node;
}

function usesIn(owner: AsyncFunction["node"]): Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const object = node.expression.getText();
      if (FILLS.test(node.name.text)) uses.push({ method: "fills", object, owner });
      if (EMPTIES.test(node.name.text)) uses.push({ method: "empties", object, owner });
    }
    if (ts.isForOfStatement(node) && node.awaitModifier)
      for (const object of sourcesIn(node.expression)) uses.push({ method: "empties", object, owner });
    ts.forEachChild(node, visit);
  };
  visit(owner);
  return uses;
}

/** What a loop over `node` may receive from. */
function sourcesIn(node: ts.Expression): string[] {
  return ts.isCallExpression(node) ? node.arguments.flatMap(sourcesIn) : [node.getText()];
}

/** In one function a thing has one name; in two functions, parameters may be whatever the other one names. */
function mayBeOne(one: Use, other: Use): boolean {
  if (one.object === other.object) return true;
  return one.owner !== other.owner && [one, other].some(isOfParameter);
}

function isOfParameter({ object, owner }: Use): boolean {
  const name = object.split(".")[0];
  return (owner as ts.FunctionLikeDeclaration).parameters.some((each) => each.name.getText() === name);
}

/** Async functions are looked at where tasks reach them, and no task runs `main`, the default. */
const NOT_PLAIN = ts.ModifierFlags.Async | ts.ModifierFlags.Default;

function hasPlainFiller(file: ts.SourceFile): boolean {
  let has = false;
  const visit = (node: ts.Node): void => {
    const isPlain = ts.isFunctionLike(node) && (ts.getCombinedModifierFlags(node) & NOT_PLAIN) === 0;
    if (isPlain && /\.(send|trySend|set)\(/.test(node.getText())) has = true;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return has;
}
