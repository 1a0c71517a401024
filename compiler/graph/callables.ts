/**
 * Async functions as values: what stands in the author's code where one is made that calls may run (find/flows.ts).
 *
 *   async () => n++         -> $callable(3, [n])          its number, and the boxes of what it captures
 *   in a plain function     -> $callable(3, [{ get v() { return n; }, set v($v) { n = $v; } }])
 */
import ts from "typescript";
import type { AsyncFunction } from "../find/find-tasks.js";
import { receiverOf } from "../find/captures.js";
import { authored } from "../emit/text.js";

/** The value of `fn`; `box` gives the box of what it captures. */
export function callableText({ tag, captures }: AsyncFunction, box: (symbol: ts.Symbol) => string): string {
  return `$callable(${tag}${captures.length === 0 ? "" : `, [${captures.map(box).join(", ")}]`})`;
}

/** What stands for the box of `symbol`, a variable of plain code. */
export function boxText(symbol: ts.Symbol): string {
  const declaration = symbol.valueDeclaration!;
  if (symbol === receiverOf(declaration)) return "{ v: this }";
  const name = authored(symbol.name);
  const setter = isFixed(declaration) ? "" : `, set v($v) { ${name} = $v; }`;
  return `{ get v() { return ${name}; }${setter} }`;
}

function isFixed(declaration: ts.Declaration): boolean {
  if (!ts.isVariableDeclaration(declaration))
    return !ts.isParameter(declaration) && !ts.isBindingElement(declaration);
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

/** `value` as what stands in the place of the function `node`: a method of an object has a name. */
export function memberText(node: ts.Node, value: string): string {
  return ts.isMethodDeclaration(node) ? `${authored(node.name.getText())}: ${value}` : value;
}
