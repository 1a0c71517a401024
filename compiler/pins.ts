/** Which pins a program names, so that a device build carries only those lines of the board's table. */
import ts from "typescript";
import type { Program } from "./program.js";

/** The names given to `board.output(...)` and its like; null when one of them is computed. */
export type PinUses = readonly string[] | null;

export function findPinNames(program: Program): PinUses {
  const names = new Set<string>();
  let isKnown = true;
  const visit = (node: ts.Node): void => {
    const callee = ts.isCallExpression(node) ? node.expression : undefined;
    if (ts.isCallExpression(node) && callee !== undefined && ts.isPropertyAccessExpression(callee)) {
      const isPin = /^(output|input|analog)$/.test(callee.name.text) && program.isBoard(callee.expression);
      const pin = node.arguments[0];
      if (isPin && pin !== undefined && ts.isStringLiteralLike(pin)) names.add(pin.text);
      else if (isPin) isKnown = false;
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.authored) visit(file);
  return isKnown ? [...names] : null;
}
