/** Functions of the language that give a new array, object or text at each call. */
import ts from "typescript";
import type { Program } from "../program/program.js";

/** By the name of the interface that has them. */
const FRESH: Readonly<Record<string, readonly string[]>> = {
  Array: ["concat", "filter", "flat", "flatMap", "join", "map", "slice", "splice"],
  String: ["concat", "padEnd", "padStart", "repeat", "replace", "slice", "split", "substring", "toString"],
  Number: ["toFixed", "toPrecision", "toString"],
  ObjectConstructor: ["entries", "fromEntries", "keys", "values"],
  ArrayConstructor: ["from", "of"],
  JSON: ["parse", "stringify"],
};

/** What tells them from those of the author: their declaration. A text that `String(x)` makes is one of them. */
export function isFresh(program: Program, call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (ts.isIdentifier(callee) && callee.text !== "String") return false;
  const declaration = program.signatureOf(call);
  if (declaration === undefined || !program.isDeclared(declaration)) return false;
  const owner = declaration.parent;
  if (!ts.isInterfaceDeclaration(owner)) return false;
  if (ts.isIdentifier(callee))
    return owner.name.text === "StringConstructor" && !program.isText(call.arguments[0] ?? call);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
  const known = owner.name.text.replace(/^Readonly|^(Int|Uint|Float)\d+(Clamped)?(?=Array$)/, "");
  return FRESH[known]?.includes(name) === true;
}
