/**
 * Handlers over suspensions: what try, catch and finally become, and what the compiler cleans up after.
 *
 *   body ----------------------------> after          a throw goes to the handler in force, a block; it puts back
 *     \--throw--> catch ------------/  ^              the handler outside first. A cancel passes catch blocks by.
 *      \--throw, cancel, jump--> finally              The end of finally goes on with the completion code it got.
 */
import { when } from "./branches.js";
import type { Builder, Context } from "./builder.js";
import { makeBlock } from "./ir.js";

type Finally = Extract<Context, { kind: "finally" }>;

/** Whether a handler was entered by a cancel, and what takes note that it was entered; boards without cancels need neither. */
export const IS_CANCELLED = "$t.how_ === 3";
export const FORGET_HOW = "$t.how_ = 0;";

/** Runs `body`; `caught` begins with what was thrown in `$t.value_`. */
export function withHandler(b: Builder, body: () => void, caught: () => void): void {
  const [handler, after] = [makeBlock(), makeBlock()];
  b.enterHandler(handler);
  b.contexts.push({ kind: "try", handler });
  body();
  b.leaveHandlers(b.contexts.length - 1);
  b.contexts.pop();
  b.goto(after);
  b.at(handler);
  atHandler(b);
  // Nothing cancels a promise.
  if (b.plain === null || b.plain.isGenerator)
    when(b, IS_CANCELLED, () => b.end({ kind: "unwind", how: "3", value: "$t.value_" }));
  b.line(FORGET_HOW);
  caught();
  b.goto(after);
  b.at(after);
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
  const [code, value] = [b.temporary("count", "$how"), b.temporary("completion")];
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
  b.contexts.pop();
  b.goto(entry);
  b.at(handler);
  b.line(`${codeText} = $t.how_;`);
  b.line(`${b.copier.reference(value)} = $t.value_;`);
  b.line(FORGET_HOW);
  b.goto(entry);
  // Nothing on any way to here throws any more.
  b.at(entry);
  atHandler(b);
  cleanup(codeText, b.copier.reference(value));
  goOn(b, codeText, context);
}

/** Runs `wait`, part of a cleanup; what it throws goes on as the value `thrown`. */
export function keepingErrors(b: Builder, wait: () => void, thrown: string): void {
  const [handler, after] = [makeBlock(), makeBlock()];
  b.enterHandler(handler);
  b.contexts.push({ kind: "try", handler });
  wait();
  b.leaveHandlers(b.contexts.length - 1);
  b.contexts.pop();
  b.goto(after);
  b.at(handler);
  atHandler(b);
  b.end({ kind: "unwind", how: "$t.how_", value: thrown });
  b.at(after);
}

/** The first thing a handler does, or what it leads to: the one outside is in force again. */
function atHandler(b: Builder): void {
  b.line({ handler: b.handlerAt(b.contexts.length) });
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
