/** What the builder of a graph is told from outside: the lowerings, which contain each other, and what plain functions have. */
import type ts from "typescript";
import type { Awaited, Builder } from "./builder.js";
import type { Copier } from "./copy.js";
import type { Slot } from "./ir.js";

/** What is different where no task runs a function: it is a promise or an iterator to those who call it. */
export interface Plain {
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** The function around it, whose locals it may use; null at the top. */
  readonly outer: Copier | null;
  /** `text` of a function with these slots, as it will be. */
  resolved(this: void, text: string, slots: readonly Slot[]): string;
  /** The text for `node` when it is such a function too, or a global that has another form. */
  replaced(this: void, node: ts.Node, outer: Copier): string | undefined;
}

/** The lowerings that contain each other: a statement has expressions and statements inside, an await has both. */
export interface Lowering {
  statement(this: void, b: Builder, node: ts.Statement, labels?: readonly string[]): void;
  /** Lowers the statements of one scope. */
  scope(this: void, b: Builder, statements: readonly ts.Statement[]): void;
  /** Suspends until `operand` is done. `node` is the await (or return) that says so. */
  awaited(this: void, b: Builder, operand: ts.Expression, node: ts.Node): Awaited;
  /** Hands the operand of `node` over to whoever goes over this generator; the text of what comes back. */
  yielded(this: void, b: Builder, node: ts.YieldExpression): string;
  /** The text of `call`, which makes the object of a compiled generator; undefined for other calls. */
  generatorText(this: void, b: Builder, call: ts.CallExpression): string | undefined;
  /** The text that gives the value of `node`, after its awaits were lowered. */
  valueOf(this: void, b: Builder, node: ts.Expression): string;
}
