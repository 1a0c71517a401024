/** Names in defaults of parameters: a part of the facade over TypeScript's checker (program.ts). */
import ts from "typescript";
import { isFunction } from "../syntax.js";

/**
 * What `name` stands for, which the checker takes for `symbol`. In a default it finds the functions of the body, which are
 * not seen there: `function f(p = g()) { function g() {} }` calls another `g`.
 */
export function seenFromDefault(
  checker: ts.TypeChecker,
  name: ts.Node,
  symbol: ts.Symbol,
): ts.Symbol | undefined {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined || !ts.isFunctionDeclaration(declaration)) return symbol;
  const fn = declaration.parent.parent;
  if (!isFunction(fn) || name.pos < fn.pos || name.pos >= fn.body!.pos) return symbol;
  const around = checker.getSymbolsInScope(fn.parent, ts.SymbolFlags.Value);
  return around.find((each) => each.name === symbol.name);
}
