/** Where names are used, in the whole program. */
import ts from "typescript";
import type { Program } from "../program.js";
import { isReference } from "../syntax.js";

export type References = ReadonlyMap<ts.Symbol, readonly ts.Identifier[]>;

const cache = new WeakMap<Program, References>();

/** All uses of names in the author's files; also of a module's member, `lib.presses`. */
export function referencesIn(program: Program): References {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const found = new Map<ts.Symbol, ts.Identifier[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && (ts.isPropertyAccessExpression(node.parent) || isReference(node))) {
      const symbol = program.symbolOf(node);
      const uses = symbol && found.get(symbol);
      if (uses !== undefined) uses.push(node);
      else if (symbol !== undefined) found.set(symbol, [node]);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.authored) visit(file);
  cache.set(program, found);
  return found;
}
