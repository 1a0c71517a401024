/**
 * Names of functions and classes, which have none on Espruino.
 *
 *     Shape.name               "Shape"      of what is declared under that name
 *     this.constructor.name                 in a program that asks for it each class gets a static `name`
 */
import ts from "typescript";
import { analyse, linkParents, type Binding, type Scopes } from "./scope.js";

/** The transformer; its input must be as parsed. */
export const giveNames: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const scopes = analyse(file);
  const f = context.factory;
  const asks = asksConstructors(file);
  const visit = (node: ts.Node): ts.Node => {
    const name = ts.isPropertyAccessExpression(node) ? declaredName(node, scopes) : undefined;
    if (name !== undefined) return f.createStringLiteral(name);
    const result = ts.visitEachChild(node, visit, context);
    return asks && ts.isClassLike(node) && ts.isClassLike(result)
      ? named(result, nameOfClass(node), f)
      : result;
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** What `X.name` says, when X is nothing but a function or class. */
function declaredName(node: ts.PropertyAccessExpression, scopes: Scopes): string | undefined {
  if (node.name.text !== "name" || !ts.isIdentifier(node.expression)) return undefined;
  const up = node.parent;
  if (ts.isBinaryExpression(up) && up.left === node) return undefined;
  const binding = scopes.bindingOf(node.expression);
  return binding?.declarations.length === 1 && isNamed(binding) ? binding.name : undefined;
}

function isNamed({ declarations, references }: Binding): boolean {
  const [node] = declarations;
  if (!node || references.some((id) => ts.isBinaryExpression(id.parent) && id.parent.left === id))
    return false;
  if (ts.isClassLike(node)) return !node.members.some(isOwnName);
  if (ts.isFunctionDeclaration(node)) return true;
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return value !== undefined && (ts.isArrowFunction(value) || (isAnonymous(value) && !ownName(value)));
}

const isAnonymous = (node: ts.Expression): node is ts.FunctionExpression | ts.ClassExpression =>
  (ts.isFunctionExpression(node) || ts.isClassExpression(node)) && node.name === undefined;

const ownName = (node: ts.Expression): boolean => ts.isClassExpression(node) && node.members.some(isOwnName);

function isOwnName(member: ts.ClassElement): boolean {
  const isStatic =
    ts.canHaveModifiers(member) &&
    member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) === true;
  return isStatic && member.name !== undefined && ts.isIdentifier(member.name) && member.name.text === "name";
}

/** Whether `x.constructor.name` or `new.target.name` is read anywhere. */
function asksConstructors(node: ts.Node): boolean {
  const asks =
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "name" &&
    (ts.isMetaProperty(node.expression) ||
      (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "constructor"));
  return asks || ts.forEachChild(node, asksConstructors) === true;
}

function nameOfClass(node: ts.ClassLikeDeclaration): string | undefined {
  if (node.members.some(isOwnName)) return undefined;
  if (node.name) return node.name.text;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name)
    ? node.parent.name.text
    : undefined;
}

function named<T extends ts.ClassLikeDeclaration>(node: T, name: string | undefined, f: ts.NodeFactory): T {
  if (name === undefined) return node;
  const { modifiers, typeParameters, heritageClauses } = node;
  const own = f.createPropertyDeclaration(
    [f.createModifier(ts.SyntaxKind.StaticKeyword)],
    "name",
    undefined,
    undefined,
    f.createStringLiteral(name),
  );
  const members = [own, ...node.members];
  return (
    ts.isClassDeclaration(node)
      ? f.updateClassDeclaration(node, modifiers, node.name, typeParameters, heritageClauses, members)
      : f.updateClassExpression(node, modifiers, node.name, typeParameters, heritageClauses, members)
  ) as T;
}
