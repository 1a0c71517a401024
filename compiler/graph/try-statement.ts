/** The statement with try, catch and finally. */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { namesIn, openBox } from "./declarations.js";
import { assignTo } from "./patterns.js";
import { hasAwait } from "../syntax.js";
import { withCleanup, withHandler } from "./try.js";

export function tryStatement(b: Builder, node: ts.TryStatement): void {
  const { tryBlock, catchClause, finallyBlock } = node;
  const body = (): void => {
    if (catchClause === undefined) b.scope(tryBlock.statements);
    else tryCatch(b, tryBlock, catchClause);
  };
  if (finallyBlock === undefined) body();
  else withCleanup(b, body, () => b.scope(finallyBlock.statements), false);
}

function tryCatch(b: Builder, tryBlock: ts.Block, clause: ts.CatchClause): void {
  withHandler(
    b,
    () => b.scope(tryBlock.statements),
    () => {
      if (clause.variableDeclaration !== undefined) bindError(b, clause.variableDeclaration.name);
      b.scope(clause.block.statements);
    },
  );
}

function bindError(b: Builder, name: ts.BindingName): void {
  namesIn(name, (each) => {
    openBox(b, each);
  });
  if (hasAwait(name)) {
    assignTo(b, name, "$t.value_");
    return;
  }
  const target = b.copier.pattern(name);
  b.line(ts.isIdentifier(name) ? `${target} = $t.value_;` : `(${target} = $t.value_);`);
}
