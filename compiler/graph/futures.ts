/** Futures with a name: an operation in the frame each, dropped when their scope is left, in whichever way. */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { isFutureDeclaration } from "./declarations.js";
import { withCleanup } from "./try.js";

/** The declarations among `statements`. */
export function listsIn(statements: readonly ts.Statement[]): ts.VariableDeclarationList[] {
  return statements.filter(ts.isVariableStatement).map((each) => each.declarationList);
}

/** Runs `body`, a scope with the declarations `lists`; the futures that they name are dropped when it is left. */
export function withFutures(
  b: Builder,
  lists: readonly ts.VariableDeclarationList[],
  body: () => void,
): void {
  const named = lists.flatMap((list) => list.declarations).filter((each) => isFutureDeclaration(b, each));
  if (named.length === 0) {
    body();
    return;
  }
  const slots = named.map((each) => b.scopes.claim(each.name as ts.Identifier));
  b.futures.push(...slots);
  withCleanup(b, body, () => {
    for (const slot of slots) b.line(`$drop(${b.storage.future(slot)});`);
  });
}
