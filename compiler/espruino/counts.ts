/**
 * `arguments.length`: Espruino counts the declared parameters as passed. A function that asks declares none.
 *
 *     function f(a) { return arguments.length; }     function f() { var a = arguments[0]; return arguments.length; }
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";
import { linkParents } from "./scope.js";

/** The transformer, for ES5; its input must be as parsed. */
export const countArguments: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const f = context.factory;
  const undeclared = (parameters: readonly ts.ParameterDeclaration[]): ts.Statement =>
    f.createVariableStatement(
      undefined,
      parameters.map(({ name }, i) =>
        f.createVariableDeclaration(
          name,
          undefined,
          undefined,
          f.createElementAccessExpression(f.createIdentifier("arguments"), i),
        ),
      ),
    );
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    const { parameters } = result as Partial<ts.FunctionDeclaration>;
    if (!parameters || parameters.length === 0 || !asksCount(node)) return result;
    if (ts.isFunctionDeclaration(result)) {
      const body = f.updateBlock(result.body!, [undeclared(parameters), ...result.body!.statements]);
      return f.updateFunctionDeclaration(
        result,
        result.modifiers,
        undefined,
        result.name,
        undefined,
        [],
        undefined,
        body,
      );
    }
    if (!ts.isFunctionExpression(result)) return result;
    const body = f.updateBlock(result.body, [undeclared(parameters), ...result.body.statements]);
    return f.updateFunctionExpression(
      result,
      result.modifiers,
      undefined,
      result.name,
      undefined,
      [],
      undefined,
      body,
    );
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** Whether a function reads the count, other than in the loop over rest parameters, which starts after the declared. */
function asksCount(owner: ts.Node): boolean {
  const asks = (node: ts.Node): boolean => {
    if (isFunctionLike(node)) return false;
    return isCount(node) && !isRestLoop(node) ? true : ts.forEachChild(node, asks) === true;
  };
  return ts.forEachChild(owner, asks) === true;
}

const isCount = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === "length" &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === "arguments";

function isRestLoop({ parent }: ts.Node): boolean {
  return (
    ts.isBinaryExpression(parent) && ts.isIdentifier(parent.left) && /^_[a-z](_\d+)?$/.test(parent.left.text)
  );
}
