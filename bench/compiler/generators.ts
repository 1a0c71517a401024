/**
 * A program of ours as its peers get it: generators in the place of async functions, which each peer lowers to a state
 * machine of its own. A driver of a few lines runs them, with no promise in between.
 *
 *   async function f() {}            function* f() {}
 *   await f()                        (yield f())
 *   for await (const x of list)      for (let x; (x = (yield list.receive())) !== $closed; )
 */
import ts from "typescript";
import { edited, type Edit } from "../../compiler/edits.js";

/** The text of a module with generators. */
export function withGenerators(text: string): string {
  const file = ts.createSourceFile("program.ts", text, ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    edits.push(...editsOf(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  const head = /for await/.test(text) ? 'import { CLOSED as $closed } from "dormouse";\n' : "";
  return head + edited(edits, 0, text.length, (from, to) => text.slice(from, to));
}

function editsOf(node: ts.Node): Edit[] {
  if (ts.isAwaitExpression(node)) {
    const { expression } = node;
    const open = { start: node.getStart(), end: expression.getStart(), text: "(yield " };
    return [open, { start: node.end, end: node.end, text: ")" }];
  }
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
    const name = (node.initializer as ts.VariableDeclarationList).declarations[0]?.name.getText() ?? "";
    const list = node.expression.getText();
    const head = `for (let ${name}; (${name} = (yield ${list}.receive())) !== $closed; ) `;
    return [{ start: node.getStart(), end: node.statement.getStart(), text: head }];
  }
  if (!ts.isFunctionDeclaration(node) && !ts.isFunctionExpression(node)) return [];
  const modifier = asyncOf(node);
  if (modifier === undefined) return [];
  const keyword = node.getChildren().find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
  const end = keyword?.end ?? 0;
  return [
    { start: modifier.getStart(), end: modifier.end, text: "" },
    { start: end, end, text: "*" },
  ];
}

function asyncOf(node: ts.Node): ts.Node | undefined {
  if (!ts.canHaveModifiers(node)) return undefined;
  return ts.getModifiers(node)?.find((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
}
