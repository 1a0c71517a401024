/**
 * C240: futures with a name that nobody looks at again.
 *
 *   const tick = sleep(ms(50));       and no await, no arm, no use of `tick` at all
 */
import ts from "typescript";
import { walkOwn } from "../syntax.js";
import type { Program } from "../program/program.js";
import type { Check } from "./check.js";

export const checkForgotten: Check = ({ program, functions, references }, report) => {
  for (const { node, file } of functions) {
    for (const name of program.noted(file, `named futures ${node.pos}`, () => namedFutures(program, node))) {
      const symbol = program.symbolOf(name);
      if (symbol === undefined || references.of(symbol).some(isUsed)) continue;
      report("C240", name, `"${name.text}" is a future that nothing awaits. Await it, or leave it out`);
    }
  }
};

function namedFutures(program: Program, node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  walkOwn(node, (each) => {
    if (!ts.isVariableDeclaration(each) || each.initializer === undefined || !ts.isIdentifier(each.name))
      return;
    if (program.isFuture(each.initializer)) found.push(each.name);
  });
  return found;
}

/** `void tick` says that a name is left out on purpose, and waits for nothing. */
function isUsed(use: ts.Identifier): boolean {
  return !ts.isVoidExpression(use.parent);
}
