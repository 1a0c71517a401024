/**
 * Puts `default` last: Espruino refuses a `case` after it.
 *
 * Where no clause around it falls through, the clause simply moves. Otherwise the choice and the bodies are parted:
 * comparisons pick the place, and a switch over 0, 1, ... without `default` holds the bodies in their order. The same
 * is done for tests that run code: Espruino goes on to run those after the one that matched.
 */
import ts from "typescript";
import { mayChangeState } from "./effects.js";

/** The transformer. */
export const putDefaultLast: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const visit = (node: ts.Node): ts.VisitResult<ts.Node> => {
    const result = ts.visitEachChild(node, visit, context);
    return ts.isSwitchStatement(result) ? reorder(result, context.factory) : result;
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

function reorder(node: ts.SwitchStatement, f: ts.NodeFactory): ts.VisitResult<ts.Node> {
  const clauses = node.caseBlock.clauses;
  const at = clauses.findIndex(ts.isDefaultClause);
  if (clauses.some((clause) => ts.isCaseClause(clause) && mayChangeState(clause.expression)))
    return split(node, f);
  if (at < 0 || at === clauses.length - 1) return node;
  // Empty clauses just above share the body: `case 1: default: b()` moves as one.
  let from = at;
  while (from > 0 && clauses[from - 1]?.statements.length === 0) from--;
  const moving = clauses.slice(from, at + 1);
  const before = clauses.slice(0, from);
  const after = clauses.slice(at + 1);
  const last = after[after.length - 1];
  const stays = [before[before.length - 1], moving[moving.length - 1]].every((c) => !c || endsInJump(c));
  if (!stays || !last || !clauses.every(hasLiteralTest)) return split(node, f);
  // What used to run off the end would now run into the default.
  const closed = endsInJump(last) ? last : withBreak(last, f);
  const ordered = [...before, ...after.slice(0, -1), closed, ...moving];
  return f.updateSwitchStatement(node, node.expression, f.updateCaseBlock(node.caseBlock, ordered));
}

/** The general form; exact for any fall-through, and for tests that run code, in any order. */
function split(node: ts.SwitchStatement, f: ts.NodeFactory): ts.Statement[] {
  const value = f.createUniqueName("value");
  const place = f.createUniqueName("place");
  const { clauses } = node.caseBlock;
  const number = (index: number): ts.Expression => f.createNumericLiteral(index);
  // Past the last body when there is no default: nothing runs.
  const fallback = clauses.findIndex(ts.isDefaultClause);
  const choice = clauses.reduceRight<ts.Expression>(
    (rest, clause, index) =>
      ts.isDefaultClause(clause)
        ? rest
        : f.createConditionalExpression(
            f.createStrictEquality(value, clause.expression),
            undefined,
            number(index),
            undefined,
            rest,
          ),
    number(fallback < 0 ? clauses.length : fallback),
  );
  const bodies = clauses.map((clause, index) => f.createCaseClause(number(index), clause.statements));
  return [
    declare(value, node.expression, f),
    declare(place, choice, f),
    ts.setTextRange(f.createSwitchStatement(place, f.createCaseBlock(bodies)), node),
  ];
}

function declare(name: ts.Identifier, value: ts.Expression, f: ts.NodeFactory): ts.Statement {
  return f.createVariableStatement(undefined, [
    f.createVariableDeclaration(name, undefined, undefined, value),
  ]);
}

function withBreak(clause: ts.CaseOrDefaultClause, f: ts.NodeFactory): ts.CaseOrDefaultClause {
  const statements = [...clause.statements, f.createBreakStatement()];
  return ts.isDefaultClause(clause)
    ? f.updateDefaultClause(clause, statements)
    : f.updateCaseClause(clause, clause.expression, statements);
}

/** A test without effects, and of a form that cannot equal another clause's by accident of order. */
function hasLiteralTest(
  clause: ts.CaseOrDefaultClause,
  index: number,
  all: readonly ts.CaseOrDefaultClause[],
): boolean {
  const text = literalOf(clause);
  return (
    ts.isDefaultClause(clause) ||
    (text !== undefined && all.every((other, i) => i === index || literalOf(other) !== text))
  );
}

function literalOf(clause: ts.CaseOrDefaultClause): string | undefined {
  if (ts.isDefaultClause(clause)) return undefined;
  const test = clause.expression;
  if (ts.isStringLiteralLike(test)) return `s${test.text}`;
  return ts.isNumericLiteral(test) ? `n${Number(test.text)}` : undefined;
}

function endsInJump(clause: ts.CaseOrDefaultClause): boolean {
  return isJump(clause.statements[clause.statements.length - 1]);
}

function isJump(node: ts.Statement | undefined): boolean {
  if (!node) return false;
  if (ts.isBlock(node)) return isJump(node.statements[node.statements.length - 1]);
  return ts.isBreakOrContinueStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node);
}
