/**
 * What values alone do not tell core/dynamic.ts is marked in the source:
 *
 *   select({ a: f(), tick })           -> select({ a: inPlace(f()), tick })      what stands in an arm belongs to it
 *   fairSelect({ ... })                -> inTurn(PLACE, fairSelect({ ... }))     each has turns of its own
 *   for (const x of xs) return f(x)    -> ... return await returned(f(x))        it is awaited before that is closed
 */
import ts from "typescript";
import { COMBINATORS } from "./combinators.js";
import { isAsync } from "./find/targets.js";
import { hasUsing } from "./syntax.js";

interface Edit {
  readonly at: number;
  readonly text: string;
}

/** The text of the file at `path` with marks. Lines stay where they are. */
export function marked(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const combinators = combinatorsOf(file);
  const edits: Edit[] = [];
  const wrap = (node: ts.Node, before: string): void => {
    edits.push({ at: node.getStart(), text: before }, { at: node.end, text: ")" });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined && isClosing(node))
      wrap(node.expression, "await __returned(");
    if (ts.isCallExpression(node)) {
      const own = combinators.get(node.expression.getText());
      if (own === "fairSelect") wrap(node, `__inTurn(${JSON.stringify(`${path}:${node.pos}`)}, `);
      if (own !== undefined) for (const arm of armsOf(node)) wrap(arm, "__inPlace(");
      edits.push(...withoutOwnName(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  // Of those at one place, the outer one was found first.
  edits.reverse().sort((a, b) => b.at - a.at);
  return edits.reduce((out, edit) => out.slice(0, edit.at) + edit.text + out.slice(edit.at), text);
}

/** A function that `recursive` is given calls itself by the name of the `const`, which counts its levels. */
function withoutOwnName(call: ts.CallExpression): Edit[] {
  const body = call.arguments[0];
  const isMeant = /(^|\.)recursive$/.test(call.expression.getText()) && body !== undefined;
  if (!isMeant || !ts.isFunctionExpression(body) || body.name === undefined) return [];
  const { text } = body.name;
  if (!ts.isVariableDeclaration(call.parent) || call.parent.name.getText() !== text) return [];
  // Commented out, so that lines stay where they are; as a property it keeps its name.
  const comment = [
    { at: body.name.getStart(), text: "/*" },
    { at: body.name.end, text: "*/" },
  ];
  return [{ at: body.getStart(), text: `{ ${text}: ` }, ...comment, { at: body.end, text: ` }.${text}` }];
}

/** How the file calls `select`, `timeout` and their kin, and which is meant. */
function combinatorsOf(file: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of file.statements) {
    if (
      !ts.isImportDeclaration(statement) ||
      (statement.moduleSpecifier as ts.StringLiteral).text !== "dormouse"
    )
      continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) continue;
    if (ts.isNamespaceImport(bindings)) {
      for (const name of COMBINATORS) names.set(`${bindings.name.text}.${name}`, name);
      continue;
    }
    for (const { name, propertyName } of bindings.elements) {
      const own = (propertyName ?? name).text;
      if (COMBINATORS.includes(own)) names.set(name.text, own);
    }
  }
  return names;
}

function armsOf(call: ts.CallExpression): ts.Expression[] {
  const first = call.arguments[0];
  if (first === undefined) return [];
  if (!ts.isObjectLiteralExpression(first)) return [first].filter(ts.isCallExpression);
  const values = first.properties.filter(ts.isPropertyAssignment).map((property) => property.initializer);
  return values.filter(ts.isCallExpression);
}

/**
 * Whether a `return` leaves a scope that is closed by it, a loop over an iterator or a block with `using`, in an async
 * function. In a `try` of the author it is awaited outside, as it stands.
 */
function isClosing(from: ts.ReturnStatement): boolean {
  let closes = false;
  let child: ts.Node = from;
  let node: ts.Node = from.parent;
  for (; !ts.isFunctionLike(node); child = node, node = node.parent) {
    if (ts.isTryStatement(node) && isTried(node, child)) return false;
    closes ||= ts.isForOfStatement(node) || declaresResource(node);
    if (ts.isSourceFile(node)) return false;
  }
  return closes && isAsync(node) && node.asteriskToken === undefined;
}

/** Whether a throw in the block `part` goes on in another of `node`. */
function isTried({ tryBlock, finallyBlock }: ts.TryStatement, part: ts.Node): boolean {
  return part === tryBlock || (finallyBlock !== undefined && part !== finallyBlock);
}

/** Whether `node` is a scope with `using`. */
function declaresResource(node: ts.Node): boolean {
  if (ts.isCaseBlock(node)) return node.clauses.some(declaresResource);
  if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node)) return node.statements.some(declaresResource);
  if (ts.isForStatement(node)) return node.initializer !== undefined && hasUsing(node.initializer);
  return ts.isVariableStatement(node) && hasUsing(node.declarationList);
}
