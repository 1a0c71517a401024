/**
 * C240: futures with a name that nobody looks at again.
 *
 *   const tick = sleep(ms(50));       and no await, no arm, no use of `tick` at all
 */
import ts from "typescript";
import { walkOwn } from "../syntax.js";
import type { Check } from "./check.js";

export const checkForgotten: Check = ({ program, functions, references }, report) => {
  for (const { node } of functions) {
    walkOwn(node, (each) => {
      if (!ts.isVariableDeclaration(each) || each.initializer === undefined || !ts.isIdentifier(each.name))
        return;
      if (!program.isFuture(each.initializer)) return;
      const symbol = program.symbolOf(each.name);
      if (symbol === undefined || references.of(symbol).some(isUsed)) return;
      const name = each.name.text;
      report("C240", each.name, `"${name}" is a future that nothing awaits. Await it, or leave it out`);
    });
  }
};

/** `void tick` says that a name is left out on purpose, and waits for nothing. */
function isUsed(use: ts.Identifier): boolean {
  return !ts.isVoidExpression(use.parent);
}
