/**
 * Puts `default` last: Espruino refuses a `case` after it.
 *
 * Where no clause around it falls through, the clause simply moves. Otherwise the choice and the bodies are parted:
 * one switch picks the place, a second one with numbers 0, 1, ... and no `default` holds the bodies in their order.
 */
import ts from "typescript";

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

/** The general form; exact for any fall-through and any order of the tests. */
function split(node: ts.SwitchStatement, f: ts.NodeFactory): ts.Statement[] {
  const place = f.createUniqueName("place");
  const choices: ts.CaseOrDefaultClause[] = [];
  const bodies: ts.CaseOrDefaultClause[] = [];
  let fallback = 0;
  node.caseBlock.clauses.forEach((clause, index) => {
    const number = f.createNumericLiteral(index);
    bodies.push(f.createCaseClause(number, clause.statements));
    if (ts.isDefaultClause(clause)) fallback = index;
    else
      choices.push(
        f.createCaseClause(clause.expression, [assign(place, index, f), f.createBreakStatement()]),
      );
  });
  const start = f.createVariableDeclaration(place, undefined, undefined, f.createNumericLiteral(fallback));
  return [
    f.createVariableStatement(undefined, [start]),
    f.createSwitchStatement(node.expression, f.createCaseBlock(choices)),
    ts.setTextRange(f.createSwitchStatement(place, f.createCaseBlock(bodies)), node),
  ];
}

function assign(name: ts.Identifier, value: number, f: ts.NodeFactory): ts.Statement {
  return f.createExpressionStatement(f.createAssignment(name, f.createNumericLiteral(value)));
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
