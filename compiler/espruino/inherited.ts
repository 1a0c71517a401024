/**
 * `super.x` that is no call: TypeScript takes it from the class that is extended, whose accessors would run on that,
 * and assigns to it. In two steps, since only TypeScript knows what that class is called:
 *
 *     super.x         __superGet(this, super.x)         __superGet(this, "x", _super.prototype)
 *     super.x = 1     __superSet(this, super.x, 1)      __superSet(this, "x", _super.prototype, 1)
 *
 * A read is left as it is where no getter has its name.
 */
import ts from "typescript";
import { compoundOperator } from "./effects.js";
import { linkParents } from "./scope.js";

const [GET, SET] = ["__superGet", "__superSet"];

/** The first step, before classes are lowered; its input must be as parsed. */
export const markInherited: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const getters = gettersIn(file);
  const f = context.factory;
  const marked = (name: string, ...args: ts.Expression[]): ts.Expression =>
    f.createCallExpression(f.createIdentifier(name), undefined, [f.createThis(), ...args]);
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    if (ts.isBinaryExpression(node) && ts.isBinaryExpression(result) && isInherited(node.left)) {
      const place = ts.visitEachChild(node.left, visit, context);
      if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return marked(SET, place, result.right);
      const operator = compoundOperator(node);
      if (operator === undefined) return result;
      return marked(SET, place, f.createBinaryExpression(marked(GET, place), operator, result.right));
    }
    if (!isInherited(node) || isCalledOrAssigned(node)) return result;
    const isPlain = ts.isPropertyAccessExpression(node) ? !getters.has(node.name.text) : getters.size === 0;
    return isPlain ? result : marked(GET, result as ts.Expression);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** The second step, after it. */
export const splitInherited: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(result) || !ts.isIdentifier(result.expression)) return result;
    if (result.expression.text !== GET && result.expression.text !== SET) return result;
    const [self, place, ...rest] = result.arguments;
    if (place === undefined || !isMember(place)) return result;
    const key = ts.isPropertyAccessExpression(place)
      ? f.createStringLiteral(place.name.text)
      : place.argumentExpression;
    return f.updateCallExpression(result, result.expression, undefined, [
      self!,
      key,
      place.expression,
      ...rest,
    ]);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isMember(node: ts.Node): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isInherited(node: ts.Node): node is Member {
  return isMember(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

function isCalledOrAssigned(node: ts.Node): boolean {
  const up = node.parent;
  if (ts.isCallExpression(up) || ts.isTaggedTemplateExpression(up))
    return (ts.isCallExpression(up) ? up.expression : up.tag) === node;
  if (ts.isPrefixUnaryExpression(up))
    return up.operator >= ts.SyntaxKind.PlusPlusToken && up.operator <= ts.SyntaxKind.MinusMinusToken;
  return ts.isPostfixUnaryExpression(up);
}

/** The names of getters; of one with a computed name, that. */
function gettersIn(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isGetAccessor(node))
      names.add(ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "[]");
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
