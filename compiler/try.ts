/**
 * try, catch and finally over suspensions.
 *
 *   body ----------------------------> after          a throw goes to the handler in force, a block; it puts back
 *     \--throw--> catch ------------/  ^              the handler outside first. A cancel passes catch blocks by.
 *      \--throw, cancel, jump--> finally              The end of finally goes on with the completion code it got.
 */
import ts from "typescript";
import { when } from "./branches.js";
import type { Builder, Context } from "./builder.js";
import { namesIn, openBox } from "./declarations.js";
import { makeBlock } from "./ir.js";

type Finally = Extract<Context, { kind: "finally" }>;

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
  const [handler, cancelled, caught, after] = [makeBlock(), makeBlock(), makeBlock(), makeBlock()];
  b.enterHandler(handler);
  b.contexts.push({ kind: "try", handler });
  b.scope(tryBlock.statements);
  b.leaveHandlers(b.contexts.length - 1);
  b.contexts.pop();
  b.goto(after);
  b.at(handler);
  atHandler(b);
  b.branch("$t.how_ === 3", cancelled, caught);
  b.at(cancelled);
  b.end({ kind: "unwind", how: "3", value: "undefined" });
  b.at(caught);
  b.line("$t.how_ = 0;");
  if (clause.variableDeclaration !== undefined) bindError(b, clause.variableDeclaration.name);
  b.scope(clause.block.statements);
  b.goto(after);
  b.at(after);
}

function bindError(b: Builder, name: ts.BindingName): void {
  namesIn(name, (each) => {
    openBox(b, each);
  });
  const target = b.copier.pattern(name);
  b.line(ts.isIdentifier(name) ? `${target} = $t.value_;` : `(${target} = $t.value_);`);
}

/**
 * Runs `body`, then `cleanup` whichever way `body` was left; `cleanup` gets the names of the completion code and of
 * what was thrown or is returned.
 * `isHidden`: the author wrote no such block.
 */
export function withCleanup(
  b: Builder,
  body: () => void,
  cleanup: (code: string, value: string) => void,
  isHidden = true,
): void {
  const [handler, entry] = [makeBlock(), makeBlock()];
  const [code, value] = [b.temporary("count"), b.temporary("completion")];
  const context: Finally = {
    kind: "finally",
    handler,
    entry,
    code,
    value,
    jumps: [],
    returns: false,
    isHidden,
  };
  const codeText = b.copier.reference(code);
  b.enterHandler(handler);
  b.contexts.push(context);
  body();
  b.line(`${codeText} = 0;`);
  b.leaveHandlers(b.contexts.length - 1);
  b.contexts.pop();
  b.goto(entry);
  b.at(handler);
  atHandler(b);
  b.line(`${codeText} = $t.how_;`);
  b.line(`${b.copier.reference(value)} = $t.value_;`);
  b.line("$t.how_ = 0;");
  b.goto(entry);
  b.at(entry);
  cleanup(codeText, b.copier.reference(value));
  goOn(b, codeText, context);
}

/** The first thing a handler does: the one outside is in force again. */
export function atHandler(b: Builder): void {
  const handler = b.handlerAt(b.contexts.length);
  b.line({ handler, outermost: handler === null });
}

/** Goes on as the completion code says. */
function goOn(b: Builder, code: string, context: Finally): void {
  const value = b.copier.reference(context.value);
  const [unwinding, regular] = [makeBlock(), makeBlock()];
  b.branch(`${code} & 1`, unwinding, regular);
  b.at(unwinding);
  b.end({ kind: "unwind", how: code, value });
  b.at(regular);
  if (context.returns)
    when(b, `${code} === 2`, () => {
      b.return(value);
    });
  context.jumps.forEach((jump, i) => {
    when(b, `${code} === ${4 + 2 * i}`, () => {
      b.jump(jump.target, jump.depth);
    });
  });
}
