/**
 * Kinds of tasks, and how often they are spawned:
 *
 *   C234   no code names the kind: its slots and its code are there for nothing
 *   C235   each spawn() of it stands in `main` and runs once, and there are fewer of them than slots
 *   C236   `main` spawns more than there are slots, whatever happens; an error, since E101 is certain
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { hasReturn, some, unwrapped } from "../syntax.js";
import type { Check } from "./check.js";
import type { References } from "./references.js";

export const checkPools: Check = ({ program, references }, report) => {
  const main = program.main;
  if (!program.isClosed || main === undefined) return;
  for (const kind of kindsOf(program)) {
    const found = spawnsOf(program, kind, references, main);
    const { name, pool } = kind;
    if (found === undefined) {
      if (!kind.isExported) report("C234", name, `no code spawns "${name.text}". Spawn it, or remove it`);
      continue;
    }
    const advice = (count: number): string => `Give task(..., { pool: ${count} })`;
    const slots = pool === 1 ? "1 slot" : `${pool} slots`;
    if (found.certain > pool) {
      const message = `"${name.text}" is spawned ${times(found.certain)} in main and has ${slots}`;
      report("C236", found.last!, `${message}. ${advice(found.certain)}`, "error");
    } else if (found.most < pool) {
      const message = `"${name.text}" is spawned ${times(found.most)} and has ${slots}`;
      report("C235", name, `${message}. ${advice(found.most)}`);
    }
  }
};

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** A kind of task that a `const` names. */
interface Kind {
  readonly name: ts.Identifier;
  readonly pool: number;
  readonly isExported: boolean;
}

function kindsOf(program: Program): Kind[] {
  return program.authored.flatMap((file) =>
    file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
      const isExported =
        statement.modifiers?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword) === true;
      return statement.declarationList.declarations.flatMap(({ name, initializer }): Kind[] => {
        const call = initializer && unwrapped(initializer);
        if (call === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(name)) return [];
        if (program.ownNameOf(call.expression) !== "task") return [];
        const options = call.arguments[1];
        const pool = options === undefined ? 1 : (program.numberIn(options, "pool") ?? 1);
        // What is no count is E111.
        return pool >= 1 ? [{ name, pool, isExported }] : [];
      });
    }),
  );
}

/** How often a kind is spawned at most, and whatever happens. */
interface Spawns {
  readonly most: number;
  readonly certain: number;
  /** The last of those that are certain. */
  readonly last: ts.Node | undefined;
}

/** The spawns of `kind`; undefined where no code names it. */
function spawnsOf(
  program: Program,
  { name }: Kind,
  references: References,
  main: ts.Node,
): Spawns | undefined {
  const uses = references.of(program.symbolOf(name)!);
  if (uses.length === 0) return undefined;
  let [most, certain] = [0, 0];
  let last: ts.Node | undefined;
  for (const use of uses) {
    const call = use.parent;
    const isSpawn =
      ts.isCallExpression(call) &&
      call.arguments[0] === use &&
      program.ownNameOf(call.expression) === "spawn";
    const runs = isSpawn ? runsOf(call, main) : { most: Infinity, certain: 0 };
    most += runs.most;
    certain += runs.certain;
    if (runs.certain > 0) last = call;
  }
  return { most, certain, last };
}

/** How often `node` runs when `main` does. */
function runsOf(node: ts.Node, main: ts.Node): { most: number; certain: number } {
  let count = 1;
  let isCertain = true;
  for (let up = node.parent, child = node; up !== main; child = up, up = up.parent) {
    if (ts.isSourceFile(up)) return { most: Infinity, certain: 0 };
    if (ts.isForOfStatement(up)) count *= child === up.statement ? lengthOf(up.expression) : 1;
    else if (ts.isFunctionLike(up) || ts.isClassLike(up) || ts.isIterationStatement(up, false))
      count = Infinity;
    else if (!isPassed(up)) isCertain = false;
    if (ts.isBlock(up) && mayLeave(up.statements, child)) isCertain = false;
  }
  return { most: count, certain: isCertain && count !== Infinity ? count : 0 };
}

/** Whether what lies in `node` runs when `node` does. */
function isPassed(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isVariableDeclarationList(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isVoidExpression(node) ||
    ts.isParenthesizedExpression(node)
  );
}

/** Whether something before `child` may lead past it. */
function mayLeave(statements: readonly ts.Statement[], child: ts.Node): boolean {
  const before = statements.slice(0, statements.indexOf(child as ts.Statement));
  return before.some((each) => hasReturn(each) || some(each, isJump));
}

function isJump(node: ts.Node): boolean {
  return ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node);
}

/** Elements of a list that is written in place. */
function lengthOf(list: ts.Expression): number {
  const inner = unwrapped(list);
  const isPlain = ts.isArrayLiteralExpression(inner) && !inner.elements.some(ts.isSpreadElement);
  return isPlain ? inner.elements.length : Infinity;
}
