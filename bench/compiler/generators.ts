/**
 * A program of ours as its peers get it: generators in the place of async functions, which each peer lowers to a state
 * machine of its own. A driver of a few lines runs them, with no promise in between.
 *
 *   async function f() {}            function* f() {}
 *   await f()                        (yield f())
 *   for await (const x of list)      for (let x; (x = (yield list.receive())) !== $closed; )
 */
import ts from "typescript";

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

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
  return head + applied(text, edits);
}

function editsOf(node: ts.Node): Edit[] {
  if (ts.isAwaitExpression(node)) {
    const { expression } = node;
    const start = { from: node.getStart(), to: expression.getStart(), text: "(yield " };
    return [start, { from: node.end, to: node.end, text: ")" }];
  }
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
    const name = (node.initializer as ts.VariableDeclarationList).declarations[0]?.name.getText() ?? "";
    const list = node.expression.getText();
    const head = `for (let ${name}; (${name} = (yield ${list}.receive())) !== $closed; ) `;
    return [{ from: node.getStart(), to: node.statement.getStart(), text: head }];
  }
  if (!ts.isFunctionDeclaration(node) && !ts.isFunctionExpression(node)) return [];
  const modifier = asyncOf(node);
  if (modifier === undefined) return [];
  const keyword = node.getChildren().find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
  const end = keyword?.end ?? 0;
  return [
    { from: modifier.getStart(), to: modifier.end, text: "" },
    { from: end, to: end, text: "*" },
  ];
}

function asyncOf(node: ts.Node): ts.Node | undefined {
  if (!ts.canHaveModifiers(node)) return undefined;
  return ts.getModifiers(node)?.find((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
}

function applied(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  let out = "";
  let at = 0;
  for (const edit of sorted) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}
