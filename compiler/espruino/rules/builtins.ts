/** Globals and methods that Espruino has not, or that do something else there. */
import ts from "typescript";
import { isFunctionLike } from "../nodes.js";
import type { Kind } from "../evident.js";
import { nodeRule, type Program, type Rule } from "../rule.js";
import { MISSING_GLOBALS, MISSING_METHODS, MISSING_STATICS, UNMISTAKABLE_METHODS } from "./missing.js";

const NONE = "does not exist on Espruino.";
const OWN = "Write it as a function of your own.";

/** `typeof Proxy` asks; everything else uses, but where the answer decides whether it runs. */
function isMissingGlobal(node: ts.Node, program: Program): boolean {
  return (
    ts.isIdentifier(node) &&
    MISSING_GLOBALS.has(node.text) &&
    !ts.isTypeOfExpression(node.parent) &&
    program.isGlobal(node) &&
    !isAskedBefore(node)
  );
}

/** Whether `node`, a name, stands where it runs only after a test with `typeof` of that name: never, on Espruino. */
function isAskedBefore(node: ts.Identifier): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    const test = testBefore(at);
    if (test !== undefined && asksFor(node.text, test)) return true;
  }
  return false;
}

/** What decides whether `node` runs, where it stands: `test && node`, `test ? node : x`, `if (test) node`. */
function testBefore(node: ts.Node): ts.Expression | undefined {
  const up = node.parent;
  if (ts.isConditionalExpression(up)) return up.condition === node ? undefined : up.condition;
  if (ts.isIfStatement(up)) return up.expression === node ? undefined : up.expression;
  return ts.isBinaryExpression(up) && LOGICAL.has(up.operatorToken.kind) && up.right === node
    ? up.left
    : undefined;
}

const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
]);

const asksFor = (name: string, node: ts.Node): boolean =>
  (ts.isTypeOfExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) ||
  ts.forEachChild(node, (child) => asksFor(name, child)) === true;

function isMissingStatic(node: ts.Node, program: Program): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    program.isGlobal(node.expression) &&
    !ts.isTypeOfExpression(node.parent) &&
    (MISSING_STATICS[node.expression.text]?.includes(node.name.text) ?? false)
  );
}

/** A call of a method that this kind of value has not. */
function lacks(kind: "array" | "string" | "typed") {
  return (node: ts.Node, program: Program): boolean =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    MISSING_METHODS[kind].includes(node.expression.name.text) &&
    program.kindOf(node.expression.expression) === kind;
}

/** Kinds whose missing methods are told by a rule of their own. */
const LISTED: ReadonlySet<Kind | undefined> = new Set<Kind>(["array", "string", "typed"]);

/** Names that only a builtin carries, unless the program defines a property of that name itself. */
function findUnmistakable(program: Program): ts.Node[] {
  const own = new Set<string>();
  for (const node of program.nodes) {
    if (
      (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
      !ts.isComputedPropertyName(node.name)
    ) {
      own.add(node.name.text);
    }
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left)
    )
      own.add(node.left.name.text);
  }
  return program.nodes.filter(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      UNMISTAKABLE_METHODS.has(node.expression.name.text) &&
      !own.has(node.expression.name.text) &&
      !LISTED.has(program.kindOf(node.expression.expression)),
  );
}

/** `Array.prototype.slice`: methods are there on arrays, but not on the prototype. */
function isBarePrototype(node: ts.Node, program: Program): boolean {
  if (!ts.isPropertyAccessExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  const isWritten = ts.isBinaryExpression(node.parent) && node.parent.left === node;
  return (
    name.text === "prototype" &&
    ts.isIdentifier(expression) &&
    program.isGlobal(expression) &&
    ["Array", "String", "Number"].includes(expression.text) &&
    !isWritten
  );
}

function assignsArrayLength(node: ts.Node, program: Program): boolean {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.name.text === "length" &&
    program.kindOf(node.left.expression) === "array"
  );
}

/** `new Promise(f)` where f keeps neither of its parameters. */
function neverSettles(node: ts.Node, program: Program): boolean {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return false;
  const [body] = node.arguments ?? [];
  if (node.expression.text !== "Promise" || !program.isGlobal(node.expression) || !body) return false;
  if (!isFunctionLike(body)) return false;
  return body.parameters.every(
    (p) => ts.isIdentifier(p.name) && (program.scopes.bindingOf(p.name)?.references.length ?? 0) === 0,
  );
}

function callOf(
  node: ts.Node,
  program: Program,
  object: string,
  method: string,
): readonly ts.Expression[] | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  const isIt = ts.isIdentifier(expression) && expression.text === object && name.text === method;
  return isIt && program.isGlobal(expression) ? node.arguments : undefined;
}

const NATIVE_ERROR = /^(Error|TypeError|SyntaxError|ReferenceError)$/;

/** `Error.call(this, message)`, as a lowered subclass does. */
function callsErrorAsBase(node: ts.Node, program: Program): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ["call", "apply"].includes(node.expression.name.text) &&
    ts.isIdentifier(node.expression.expression) &&
    NATIVE_ERROR.test(node.expression.expression.text) &&
    program.isGlobal(node.expression.expression)
  );
}

/** `(function (base) { ... }(TypeError))`: a class body given a native error. */
function extendsNativeError(node: ts.Node, program: Program): boolean {
  if (!ts.isIdentifier(node) || !NATIVE_ERROR.test(node.text) || !program.isGlobal(node)) return false;
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return false;
  let callee: ts.Node = call.expression;
  while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
  return ts.isFunctionExpression(callee);
}

function isErrorClass(node: ts.Node, program: Program): boolean {
  return (
    ts.isExpressionWithTypeArguments(node) &&
    NATIVE_ERROR.test(node.expression.getText()) &&
    program.isGlobal(node.expression)
  );
}

const isNegative = (node: ts.Node): boolean =>
  ts.isPrefixUnaryExpression(node) &&
  node.operator === ts.SyntaxKind.MinusToken &&
  ts.isNumericLiteral(node.operand);

/** The rules, in the order of their codes. */
export const BUILTIN_RULES: readonly Rule[] = [
  nodeRule(
    "C550",
    "missing-global",
    "this global",
    NONE,
    "Use objects and arrays, or ask with typeof in the condition that it stands under.",
    isMissingGlobal,
  ),
  nodeRule("C551", "missing-static", "this function", NONE, OWN, isMissingStatic),
  nodeRule("C552", "missing-array-method", "this array method", NONE, OWN, lacks("array")),
  nodeRule("C553", "missing-string-method", "this string method", NONE, OWN, lacks("string")),
  nodeRule("C554", "missing-typed-method", "this typed array method", NONE, OWN, lacks("typed")),
  { code: "C555", id: "missing-method", what: "this method", why: NONE, advice: OWN, find: findUnmistakable },
  nodeRule(
    "C556",
    "bare-prototype",
    "a method taken from a builtin's prototype",
    "is undefined on Espruino.",
    'Take it from a value: [].slice, "".slice.',
    isBarePrototype,
  ),
  nodeRule(
    "C557",
    "array-length",
    "assigning an array's length",
    "throws on Espruino.",
    "Use splice().",
    assignsArrayLength,
  ),
  nodeRule(
    "C558",
    "never-settling-promise",
    "a promise that nothing can settle",
    "is freed while in use on Espruino, and corrupts memory.",
    "Keep resolve, or make no promise.",
    neverSettles,
  ),
  nodeRule(
    "C559",
    "stringify-list",
    "JSON.stringify with a list of keys",
    "ignores the list on Espruino.",
    "Build the smaller object first.",
    (n, p) => {
      const list = callOf(n, p, "JSON", "stringify")?.[1];
      return list !== undefined && p.kindOf(list) === "array";
    },
  ),
  nodeRule(
    "C560",
    "parse-reviver",
    "JSON.parse with a reviver",
    "ignores the reviver on Espruino.",
    "Walk the result.",
    (n, p) => (callOf(n, p, "JSON", "parse")?.length ?? 0) > 1,
  ),
  nodeRule(
    "C561",
    "string-concat",
    "concat() on a string",
    "drops undefined on Espruino.",
    "Use +.",
    (n, p) =>
      ts.isCallExpression(n) &&
      ts.isPropertyAccessExpression(n.expression) &&
      n.expression.name.text === "concat" &&
      p.kindOf(n.expression.expression) === "string",
  ),
  nodeRule(
    "C562",
    "extends-error",
    "a subclass of a builtin error",
    "loses its methods and its class on Espruino.",
    "Extend Error, in a module that passes through lowerModule().",
    (n, p) => callsErrorAsBase(n, p) || extendsNativeError(n, p) || isErrorClass(n, p),
  ),
  nodeRule(
    "C563",
    "negative-index",
    "a negative index into a typed array",
    "throws on Espruino, even on a read.",
    "Test the index first.",
    (n, p) =>
      ts.isElementAccessExpression(n) &&
      isNegative(n.argumentExpression) &&
      p.kindOf(n.expression) === "typed",
  ),
];
