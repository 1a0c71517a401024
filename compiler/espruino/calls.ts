/**
 * Calls of builtins that take other arguments on Espruino, or give something else.
 *
 *   Date.now()              -> Math.floor(Date.now())            it counts parts of milliseconds
 *   new Date()              -> new Date(Math.floor(Date.now()))
 *   new Date(year, month)   -> new Date(year, month, 1)          the day before the first, else
 *   new Date(value)         -> new Date(__time(value))           of a date, or of a text that is none
 *   Date.parse(text)        -> __time(text)
 *   isNaN(value)            -> isNaN(__Number(value))            in a program with dates
 *   Object.create(o, list)  -> __Object_defineProperties(Object.create(o), list)
 *   Object.defineProperty(o, key, { enumerable: true })   -> __define(...)           forgets the value, else
 *   Object.getOwnPropertyDescriptor(Array.prototype, key) -> __describeNative(...)   has none of builtins
 */
import ts from "typescript";
import { evidentKind } from "./evident.js";
import { isNothing, pathOf } from "./paths.js";
import { analyse, linkParents, type Scopes } from "./scope.js";

const NATIVE = /^(Function|Object|Array|String|Number|Promise|Date|RegExp|Error)\.prototype(\.\w+)?$/;
const WHOLE = /^Math\.(floor|round|ceil|trunc)$/;

/** The transformer. */
export const giveArguments: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const scopes = analyse(file);
  const globals = new Set<ts.Node>(scopes.globals);
  const visit = (node: ts.Node): ts.Node => {
    const result = ts.visitEachChild(node, visit, context);
    const callee =
      ts.isCallExpression(node) || ts.isNewExpression(node) ? pathOf(node.expression) : undefined;
    if (callee === undefined || !globals.has(callee.root)) return result;
    const rewritten = ts.isNewExpression(node)
      ? constructed(callee.text, node, result as ts.NewExpression, scopes, context.factory)
      : called(callee.text, node as ts.CallExpression, result as ts.CallExpression, context.factory);
    return ts.setTextRange(rewritten, node);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

function called(
  name: string,
  node: ts.CallExpression,
  result: ts.CallExpression,
  f: ts.NodeFactory,
): ts.Expression {
  if (name === "Date.now") return isMadeWhole(node) ? result : whole(result, f);
  const [base, second, third] = result.arguments;
  if (name === "Date.parse" && base) return helper("__time", [base], f);
  if (name === "isNaN" && base && makesDates(node))
    return f.updateCallExpression(result, result.expression, undefined, [helper("__Number", [base], f)]);
  if (name === "Object.defineProperty" && third && !saysWhat(third))
    return helper("__define", [...result.arguments], f);
  if (name === "Object.getOwnPropertyDescriptor" && base && NATIVE.test(pathOf(base)?.text ?? ""))
    return helper("__describeNative", [...result.arguments], f);
  if (name !== "Object.create" || !base || !second || isNothing(second)) return result;
  const object = f.updateCallExpression(result, result.expression, undefined, [base]);
  return helper("__Object_defineProperties", [object, second], f);
}

/** Whether a date may come to a call that takes no dates on Espruino. */
const makesDates = (node: ts.CallExpression): boolean =>
  mayBeDate(node.arguments[0]!) && /\bnew Date\b/.test(node.getSourceFile().text);

const mayBeDate = (node: ts.Expression): boolean =>
  ts.isNewExpression(node) || ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);

/** Whether a descriptor shows a value or an accessor. */
function saysWhat(node: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.some(
      (each) => each.name && ts.isIdentifier(each.name) && /^([gs]et|value)$/.test(each.name.text),
    )
  );
}

function constructed(
  name: string,
  node: ts.NewExpression,
  result: ts.NewExpression,
  scopes: Scopes,
  f: ts.NodeFactory,
): ts.Expression {
  const [first, second, ...more] = result.arguments ?? [];
  const made = (...args: ts.Expression[]): ts.NewExpression =>
    f.updateNewExpression(result, result.expression, undefined, args);
  if (name !== "Date" || more.length > 0) return result;
  if (second) return made(first!, second, f.createNumericLiteral(1));
  if (!first) return made(whole(helper("Date.now", [], f), f));
  const given = node.arguments![0]!;
  const isTold = evidentKind(given, scopes) === "number" || isDate(given);
  return isTold ? result : made(helper("__time", [first], f));
}

/** A text that the engine reads as JavaScript does. */
function isDate(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && !Number.isNaN(Date.parse(node.text));
}

/** Whether the call stands where a whole number is made of it. */
function isMadeWhole(node: ts.CallExpression): boolean {
  const up = node.parent;
  if (ts.isCallExpression(up)) return WHOLE.test(pathOf(up.expression)?.text ?? "");
  return ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.BarToken;
}

const whole = (value: ts.Expression, f: ts.NodeFactory): ts.Expression => helper("Math.floor", [value], f);

function helper(path: string, args: ts.Expression[], f: ts.NodeFactory): ts.Expression {
  const [root, name] = path.split(".");
  const callee = f.createIdentifier(root!);
  return f.createCallExpression(
    name === undefined ? callee : f.createPropertyAccessExpression(callee, name),
    undefined,
    args,
  );
}
