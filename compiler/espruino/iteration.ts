/**
 * Iterables, which Espruino does not know: `Map`, `Set`, generators, and whatever has a `[Symbol.iterator]`.
 *
 * A program without any has only arrays and texts to go over, and its loops stay loops over an index. In one that has
 * some, a loop over what is not evidently a list asks for an iterator:
 *
 *     for (const x of list) ...     for (let i = 0, l = list; i < l.length; i++) { const x = l[i]; ... }
 *     for (const x of other) ...    for (let it = __values(other), s; !(s = it.next()).done;) { const x = s.value; ... }
 *
 * Where an iterator may want to hear that a loop has ended early (it has a `return`), TypeScript writes the loop.
 */
import ts from "typescript";
import { evidentKind } from "./evident.js";
import { analyse, linkParents, type Scopes } from "./scope.js";

const MAKERS = new Set(["Map", "Set", "Symbol"]);

/** What a module has of iterables. */
export interface Iterables {
  /** Whether there are any. */
  readonly any: boolean;
  /** Whether an iterator may have a `return`. */
  readonly canClose: boolean;
}

/** Looks for iterables in a module's text. */
export function iterablesOf(code: string, fileName: string): Iterables {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const any =
    analyse(file).globals.some((id) => MAKERS.has(id.text) && !ts.isTypeOfExpression(id.parent)) ||
    code.includes("@iterator") ||
    hasGenerator(file);
  const closes = (node: ts.Node): boolean =>
    (ts.isObjectLiteralElement(node) || ts.isClassElement(node)
      ? node.name !== undefined &&
        (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) &&
        node.name.text === "return"
      : ts.isPropertyAccessExpression(node) && node.name.text === "return") ||
    (ts.isFunctionLike(node) && hasAsterisk(node)) ||
    ts.forEachChild(node, closes) === true;
  return { any, canClose: any && closes(file) };
}

function hasGenerator(node: ts.Node): boolean {
  return (ts.isFunctionLike(node) && hasAsterisk(node)) || ts.forEachChild(node, hasGenerator) === true;
}

function hasAsterisk(node: ts.SignatureDeclaration): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

/** The transformer, for a module with iterables; its input must be as parsed. */
export function lowerLoops({ canClose }: Iterables): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    linkParents(file);
    const scopes = analyse(file);
    const visit = (node: ts.Node): ts.Node => {
      const result = ts.visitEachChild(node, visit, context);
      if (!ts.isForOfStatement(node) || !ts.isForOfStatement(result) || node.awaitModifier) return result;
      const isList = isEvidentList(node.expression, scopes);
      if (!isList && canClose) return result;
      const loop = isList ? overIndex(result, context.factory) : overIterator(result, context.factory);
      return ts.setTextRange(loop, node);
    };
    return ts.visitNode(file, visit) as ts.SourceFile;
  };
}

function isEvidentList(node: ts.Expression, scopes: Scopes): boolean {
  return evidentKind(node, scopes) !== undefined;
}

function overIndex(loop: ts.ForOfStatement, f: ts.NodeFactory): ts.Statement {
  const i = f.createUniqueName("i");
  const list = f.createUniqueName("list");
  const head = [declare(f, i, f.createNumericLiteral(0)), declare(f, list, loop.expression)];
  const test = f.createLessThan(i, f.createPropertyAccessExpression(list, "length"));
  return f.createForStatement(
    f.createVariableDeclarationList(head, ts.NodeFlags.Let),
    test,
    f.createPostfixIncrement(i),
    bodyOf(loop, f.createElementAccessExpression(list, i), f),
  );
}

function overIterator(loop: ts.ForOfStatement, f: ts.NodeFactory): ts.Statement {
  const iterator = f.createUniqueName("iterator");
  const step = f.createUniqueName("step");
  const values = f.createCallExpression(f.createIdentifier("__values"), undefined, [loop.expression]);
  const next = f.createCallExpression(f.createPropertyAccessExpression(iterator, "next"), undefined, []);
  const done = f.createPropertyAccessExpression(
    f.createParenthesizedExpression(f.createAssignment(step, next)),
    "done",
  );
  return f.createForStatement(
    f.createVariableDeclarationList(
      [declare(f, iterator, values), f.createVariableDeclaration(step)],
      ts.NodeFlags.Let,
    ),
    f.createLogicalNot(done),
    undefined,
    bodyOf(loop, f.createPropertyAccessExpression(step, "value"), f),
  );
}

function bodyOf(loop: ts.ForOfStatement, item: ts.Expression, f: ts.NodeFactory): ts.Block {
  const head = loop.initializer;
  const first = ts.isVariableDeclarationList(head)
    ? f.createVariableStatement(
        undefined,
        f.createVariableDeclarationList([declare(f, head.declarations[0]!.name, item)], head.flags),
      )
    : f.createExpressionStatement(f.createParenthesizedExpression(f.createAssignment(head, item)));
  // A block of its own: the body may declare the loop's name again.
  return f.createBlock([first, loop.statement]);
}

function declare(f: ts.NodeFactory, name: ts.BindingName, value: ts.Expression): ts.VariableDeclaration {
  return f.createVariableDeclaration(name, undefined, undefined, value);
}
