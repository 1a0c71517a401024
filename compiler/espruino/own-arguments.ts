/**
 * `arguments` in functions inside of each other: where the outer one has read its own, Espruino gives those to the
 * inner one too. That gets its own from a helper outside of both.
 *
 *     function (a) { return arguments.length + a; }
 *     __withArguments(function (args) { var a = args[0]; return args.length + a; })
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";
import { linkParents } from "./scope.js";

type Inner = ts.FunctionDeclaration | ts.FunctionExpression;

/** Whether `code` may hold such functions. */
export const mayNestArguments = (code: string): boolean => (code.match(/\barguments\b/g)?.length ?? 0) > 1;

/** The transformer, for ES5; its input must be as parsed. */
export const separateArguments: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const f = context.factory;

  const variable = (name: ts.BindingName, value: ts.Expression): ts.Statement =>
    f.createVariableStatement(undefined, [f.createVariableDeclaration(name, undefined, undefined, value)]);

  /** The helper's call, with `inner` as a function of its list of arguments. */
  const given = (inner: Inner): ts.Expression => {
    const args = f.createUniqueName("args");
    const renamed = (node: ts.Node): ts.Node => {
      if (isArguments(node)) return args;
      return isFunctionLike(node) ? visit(node) : visitChildren(node, renamed);
    };
    const body = visitChildren(inner.body!, renamed) as ts.Block;
    const parameters = inner.parameters.map(({ name }, i) =>
      variable(name, f.createElementAccessExpression(args, i)),
    );
    const made = f.createFunctionExpression(
      undefined,
      undefined,
      undefined,
      undefined,
      [f.createParameterDeclaration(undefined, undefined, args)],
      undefined,
      f.updateBlock(body, [...parameters, ...body.statements]),
    );
    return f.createCallExpression(f.createIdentifier("__withArguments"), undefined, [made]);
  };

  /** A function expression that names itself means the one that is called. */
  const expression = (inner: ts.FunctionExpression): ts.Expression => {
    const { name } = inner;
    if (name === undefined || !mentions(inner.body, name.text)) return given(inner);
    const body = f.createBlock([variable(name, given(inner)), f.createReturnStatement(name)]);
    const scope = f.createFunctionExpression(undefined, undefined, undefined, undefined, [], undefined, body);
    return f.createCallExpression(f.createParenthesizedExpression(scope), undefined, []);
  };

  /** What `visitor` makes of the parts of `node`; declarations are there from the start of their block. */
  const visitChildren = (node: ts.Node, visitor: (node: ts.Node) => ts.Node): ts.Node => {
    if (!ts.isBlock(node)) return ts.visitEachChild(node, visitor, context);
    const isInner = (each: ts.Statement): each is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(each) && isShadowed(each);
    const declared = node.statements.filter(isInner).map((each) => variable(each.name!, given(each)));
    const others = node.statements.filter((each) => !isInner(each));
    return f.updateBlock(node, [
      ...declared,
      ...others.map((each) => ts.visitNode(each, visitor) as ts.Statement),
    ]);
  };
  const visit = (node: ts.Node): ts.Node =>
    ts.isFunctionExpression(node) && isShadowed(node) ? expression(node) : visitChildren(node, visit);
  return ts.visitNode(file, visit) as ts.SourceFile;
};

const isArguments = (node: ts.Node): node is ts.Identifier =>
  ts.isIdentifier(node) &&
  node.text === "arguments" &&
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** Whether a function asks for `arguments` of its own. */
function asks(owner: ts.Node): boolean {
  const visit = (node: ts.Node): boolean =>
    !isFunctionLike(node) && (isArguments(node) || ts.forEachChild(node, visit) === true);
  return ts.forEachChild(owner, visit) === true;
}

function isShadowed(inner: Inner): boolean {
  return asks(inner) && ts.findAncestor(inner.parent, (up) => isFunctionLike(up) && asks(up)) !== undefined;
}

function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) return true;
  return ts.forEachChild(node, (child) => mentions(child, name)) === true;
}
