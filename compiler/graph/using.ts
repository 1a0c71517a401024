/**
 * `using` and `await using`: the rest of the scope runs in a hidden `try` whose `finally` disposes of the resource, so
 * several of them nest, and end in reverse order.
 *
 *   using x = a;  rest           x = a; $d = its Symbol.dispose; try { rest } finally { $d.call(x) }
 *   await using x = a;  rest     x = a; try { rest } finally { if (x != null) await x[Symbol.asyncDispose]() }
 *
 * What an `await using` runs must be known at build time, as any async method that a task awaits: null, a compiled
 * method, one that makes a future, or a plain Symbol.dispose. What is thrown twice becomes one SuppressedError.
 */
import ts from "typescript";
import { when } from "./branches.js";
import type { Builder } from "./builder.js";
import { Refusal } from "../diagnostics.js";
import { isAwaitUsing } from "../syntax.js";
import { keepingErrors, withCleanup } from "./try.js";

/** Declares the resources of `list`, and runs `rest` before they are disposed of. */
export function withResources(b: Builder, list: ts.VariableDeclarationList, rest: () => void): void {
  refuseInCase(list);
  const from = (i: number): void => {
    const declaration = list.declarations[i];
    if (declaration === undefined) rest();
    else
      b.statement(() => {
        const name = b.copier.pattern(declaration.name);
        b.line(`${b.mark(declaration)}${name} = ${b.value(declaration.initializer!)};`);
        withResource(b, declaration, () => {
          from(i + 1);
        });
      });
  };
  from(0);
}

/** Runs `rest`, then disposes of what `declaration`'s variable has. */
export function withResource(b: Builder, declaration: ts.VariableDeclaration, rest: () => void): void {
  const name = b.copier.valueText(declaration.name as ts.Identifier);
  const mayWait = isAwaitUsing(declaration.parent as ts.VariableDeclarationList);
  const method = mayWait ? b.program.memberOf(declaration.name, "asyncDispose") : undefined;
  if (method === undefined) {
    if (mayWait && b.program.holderOf(declaration.name, "asyncDispose") !== undefined)
      refuseUnknown(declaration);
    const disposer = b.store(`$disposer(${name})`);
    withCleanup(b, rest, (code, error) => {
      b.line(`$dispose(${disposer}, ${name}, ${code}, ${error});`);
    });
    return;
  }
  const wait = waitFor(b, declaration, method, name);
  withCleanup(b, rest, (code, error) => {
    when(b, `${name} != null`, () => {
      keepingErrors(b, wait, `$suppressing(${code}, ${error}, $t.value_)`);
    });
  });
}

function refuseUnknown(declaration: ts.VariableDeclaration): never {
  const what = `what disposes of "${declaration.name.getText()}" is not known at build time`;
  const advice = "Give it the type of a class with an async [Symbol.asyncDispose]() method";
  throw new Refusal("C134", declaration, `${what}. ${advice}`);
}

/** What suspends until the resource `name`, whose `method` is known, is gone. */
function waitFor(
  b: Builder,
  declaration: ts.VariableDeclaration,
  method: ts.Declaration,
  name: string,
): () => void {
  if (b.functions.has(method)) {
    const callee = b.callee(method, declaration.name as ts.Identifier, false);
    return () => {
      const captures = callee.fn.captures.map((each) => b.storage.slot(b.scopes.slotOfSymbol(each)!));
      b.suspend((next) => ({ kind: "call", callee, args: [name, ...captures], next }), declaration);
    };
  }
  if (!b.program.givesFuture(method)) refuseUnknown(declaration);
  const start = `${name}[Symbol.asyncDispose]();`;
  return () => {
    b.suspend((next) => ({ kind: "leaf", start, suspends: "perhaps", next }), declaration);
    b.line("$take($t);");
  };
}

/** Other clauses could be entered without the resource. */
function refuseInCase(list: ts.VariableDeclarationList): void {
  if (!ts.isCaseOrDefaultClause(list.parent.parent)) return;
  throw new Refusal("C134", list, "`using` directly in a case of a switch. Put braces around the case");
}
