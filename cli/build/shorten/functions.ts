/** What the passes over finished bundles ask of functions. */
import ts from "typescript";
import { isFunctionLike } from "../../../compiler/espruino/nodes.js";

/** Whether `node` uses what only functions have that are no arrows. */
export function asksForItsOwn(node: ts.FunctionDeclaration | ts.FunctionExpression): boolean {
  const asks = (each: ts.Node): boolean => {
    if (each.kind === ts.SyntaxKind.ThisKeyword || each.kind === ts.SyntaxKind.SuperKeyword) return true;
    if (ts.isMetaProperty(each) || (ts.isIdentifier(each) && /^(arguments|eval)$/.test(each.text)))
      return true;
    const isOther = each !== node && isFunctionLike(each) && !ts.isArrowFunction(each);
    return !isOther && ts.forEachChild(each, asks) === true;
  };
  return asks(node);
}
