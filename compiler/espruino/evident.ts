/**
 * What a value certainly is, judged from the text alone.
 *
 * The lint has no types. It may only refuse a method when the receiver shows what it is: a literal, a construction, or
 * a variable that is never given anything else. Whatever comes through a parameter or a property stays unknown.
 */
import ts from "typescript";
import { isForInOrOf } from "./nodes.js";
import type { Binding, Scopes } from "./scope.js";

/** The kinds that matter to the rules. */
export type Kind = "array" | "string" | "typed" | "number" | "promise" | "date";

const TYPED_ARRAY = /^(Uint8|Int8|Uint8Clamped|Uint16|Int16|Uint32|Int32|Float32|Float64)Array$/;
const ARRAY_RESULT = new Set(["split"]);
const STRING_RESULT = new Set([
  "toString",
  "toFixed",
  "join",
  "toUpperCase",
  "toLowerCase",
  "trim",
  "substr",
  "substring",
  "charAt",
]);

/** The kind of an expression, or undefined. */
export function evidentKind(
  node: ts.Expression,
  scopes: Scopes,
  visited = new Set<Binding>(),
): Kind | undefined {
  if (ts.isParenthesizedExpression(node)) return evidentKind(node.expression, scopes, visited);
  if (ts.isArrayLiteralExpression(node)) return "array";
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isTypeOfExpression(node))
    return "string";
  if (ts.isNumericLiteral(node)) return "number";
  if (ts.isIdentifier(node)) return kindOfVariable(node, scopes, visited);
  if (ts.isBinaryExpression(node)) return kindOfBinary(node, scopes, visited);
  if (ts.isNewExpression(node)) return kindOfNew(node, scopes);
  return ts.isCallExpression(node) ? kindOfCall(node, scopes, visited) : undefined;
}

function kindOfBinary(node: ts.BinaryExpression, scopes: Scopes, visited: Set<Binding>): Kind | undefined {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.CommaToken || operator === ts.SyntaxKind.EqualsToken) {
    return evidentKind(node.right, scopes, visited);
  }
  if (operator >= ts.SyntaxKind.MinusToken && operator <= ts.SyntaxKind.PercentToken) return "number";
  if (operator !== ts.SyntaxKind.PlusToken) return undefined;
  const sides = [evidentKind(node.left, scopes, visited), evidentKind(node.right, scopes, visited)];
  return sides.includes("string") ? "string" : undefined;
}

function kindOfNew(node: ts.NewExpression, scopes: Scopes): Kind | undefined {
  const made = node.expression;
  if (!ts.isIdentifier(made) || scopes.bindingOf(made)) return undefined;
  if (made.text === "Array") return "array";
  return TYPED_ARRAY.test(made.text) ? "typed" : undefined;
}

function kindOfCall(node: ts.CallExpression, scopes: Scopes, visited: Set<Binding>): Kind | undefined {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  // A user's own object may have a `join`; one whose receiver is evident is the builtin.
  const receiver = evidentKind(callee.expression, scopes, visited);
  if (isListOfKeys(callee, scopes)) return "array";
  if (receiver === "string" && ARRAY_RESULT.has(callee.name.text)) return "array";
  if (
    receiver === "array" &&
    ["map", "filter", "slice", "concat", "splice", "reverse", "sort"].includes(callee.name.text)
  ) {
    return "array";
  }
  return receiver !== undefined && STRING_RESULT.has(callee.name.text) ? "string" : undefined;
}

/** `Object.keys(o)` and the like, and `Array.from(l)`. */
function isListOfKeys({ expression, name }: ts.PropertyAccessExpression, scopes: Scopes): boolean {
  if (!ts.isIdentifier(expression) || scopes.bindingOf(expression)) return false;
  return expression.text === "Object"
    ? /^(keys|values|entries|getOwnPropertyNames)$/.test(name.text)
    : expression.text === "Array" && /^(from|of)$/.test(name.text);
}

function kindOfVariable(node: ts.Identifier, scopes: Scopes, visited: Set<Binding>): Kind | undefined {
  const binding = scopes.bindingOf(node);
  if (!binding || visited.has(binding)) return undefined;
  visited.add(binding);
  const values = valuesOf(binding);
  if (!values || values.length === 0) return undefined;
  const kinds = new Set(values.map((value) => evidentKind(value, scopes, visited)));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The text of a literal, or of a variable that is never given anything but one. */
export function constantText(node: ts.Expression, scopes: Scopes): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  const binding = ts.isIdentifier(node) ? scopes.bindingOf(node) : undefined;
  const [value, ...more] = (binding && valuesOf(binding)) ?? [];
  return value && more.length === 0 && ts.isStringLiteralLike(value) ? value.text : undefined;
}

/** Everything a variable is ever given; undefined when some of it cannot be seen. */
function valuesOf(binding: Binding): ts.Expression[] | undefined {
  const values: ts.Expression[] = [];
  for (const declaration of binding.declarations) {
    if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
    if (ts.isCatchClause(declaration.parent) || isForInOrOf(declaration.parent.parent)) return undefined;
    if (declaration.initializer) values.push(declaration.initializer);
  }
  for (const id of binding.references) {
    const parent = id.parent;
    if (isStep(parent) || (isForInOrOf(parent) && parent.initializer === id)) return undefined;
    if (!ts.isBinaryExpression(parent) || parent.left !== id) continue;
    const operator = parent.operatorToken.kind;
    if (operator === ts.SyntaxKind.EqualsToken) values.push(parent.right);
    else if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment)
      return undefined;
  }
  return values;
}

function isStep(node: ts.Node): boolean {
  return (
    ts.isPostfixUnaryExpression(node) ||
    (ts.isPrefixUnaryExpression(node) &&
      node.operator !== ts.SyntaxKind.ExclamationToken &&
      (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken))
  );
}
