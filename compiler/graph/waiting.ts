/** What an await waits for, and gives, by its type. */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { Refusal } from "../diagnostics.js";

/** Whether `node`, an await or a return, gives no value. */
export function isVoid(b: Builder, node: ts.Node): boolean {
  return ts.isAwaitExpression(node) ? b.program.isVoid(node) : b.program.isVoidReturn(b.fn.node);
}

/** Whether `node` is a promise, not a future. @throws Refusal C160 where it may be either */
export function isPromise(b: Builder, node: ts.Expression): boolean {
  if (b.program.isFuture(node) || !b.program.isPromise(node)) return false;
  if (!b.program.isEither(node)) return true;
  const what = `await of ${quoted(node)}, which may be a future or a promise`;
  throw new Refusal("C160", node, `${what}. Give it one type: Future<T>, or Promise<T>`);
}

/** `node`, not too long, in quotes. */
function quoted(node: ts.Expression): string {
  const text = node.getText().replace(/\s+/g, " ");
  return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}

/** Refuses `node`, which is awaited, unless it is a future. */
export function requireFuture(b: Builder, node: ts.Expression): void {
  if (b.program.isFuture(node)) return;
  const what = quoted(node);
  if (ts.isCallExpression(node) && b.program.ownNameOf(node.expression) === "spawn") {
    const advice = "To wait for its end, write await join(spawn(...))";
    throw new Refusal("C107", node, `await of ${what}, which starts a task and goes on. ${advice}`);
  }
  if (b.program.isAny(node)) {
    const advice = "Give it one: Future<T>, or Promise<T>";
    throw new Refusal("C107", node, `await of ${what}, whose type is not known. ${advice}`);
  }
  throw new Refusal(
    "C107",
    node,
    `await of ${what}, which is no future. Remove the await, or write await yieldNow()`,
  );
}

/** Refuses `source`, which a `for await` goes over, where its type does not tell how. */
export function requireKnownItems(b: Builder, source: ts.Expression): void {
  if (!b.program.isAny(source)) return;
  const advice = "Give it one: Channel<T>, or AsyncIterable<T>";
  throw new Refusal("C107", source, `for await over ${quoted(source)}, whose type is not known. ${advice}`);
}
