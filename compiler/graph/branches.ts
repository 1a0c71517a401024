/** Branches over suspensions: what `if`, `? :`, `&&` and their like become when a side of them may wait. */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { columnOf } from "../frames/columns.js";
import { makeBlock } from "./ir.js";

/** `if (test) then() else otherwise()`. */
export function branches(b: Builder, test: string, then: () => void, otherwise: () => void): void {
  const [yes, no, after] = [makeBlock(), makeBlock(), makeBlock()];
  b.branch(test, yes, no);
  for (const [block, body] of [
    [yes, then],
    [no, otherwise],
  ] as const) {
    b.at(block);
    body();
    b.goto(after);
  }
  b.at(after);
}

/** `if (test) body()`. */
export function when(b: Builder, test: string, body: () => void): void {
  const [then, after] = [makeBlock(), makeBlock()];
  b.branch(test, then, after);
  b.at(then);
  body();
  b.goto(after);
  b.at(after);
}

/** `test ? then : otherwise`, which `node` says: the value, in a temporary. */
export function either(
  b: Builder,
  node: ts.Node,
  test: string,
  then: () => string,
  otherwise: () => string,
): string {
  const result = b.copier.reference(b.temporary(node));
  const keep = (value: () => string) => (): void => b.line(`${result} = ${value()};`);
  branches(b, test, keep(then), keep(otherwise));
  return result;
}

/** `node`, `left op right`, whose right side is evaluated only when `left` does not decide: in a temporary. */
export function unless(
  b: Builder,
  operator: ts.SyntaxKind,
  node: ts.BinaryExpression,
  left: string,
  right: () => string,
): string {
  // It holds the left side also where that does not decide.
  const isAlike = columnOf(b.program, node.left) === columnOf(b.program, node);
  const value = b.store(left, isAlike ? node : undefined);
  const [more, after] = [makeBlock(), makeBlock()];
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) b.branch(value, more, after);
  else if (operator === ts.SyntaxKind.BarBarToken) b.branch(value, after, more);
  else b.branch(`${value} == null`, more, after);
  b.at(more);
  b.line(`${value} = ${right()};`);
  b.goto(after);
  b.at(after);
  return value;
}
