/**
 * Loops that contain an await, or a jump to what surrounds them:
 *
 *        +-> head --no--> exit                     continue -> again, break -> exit
 *        |    |yes
 *        |   body
 *        +-- again
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { declare, namesIn, openBoxes } from "./declarations.js";
import { withFutures } from "./futures.js";
import { betweenRounds } from "./rounds.js";
import { isUsing, isVar, unwrapped } from "../syntax.js";
import { withResources } from "./using.js";
import { effectOf, valueOf } from "./expressions.js";
import { makeBlock, type Block } from "./ir.js";

export interface Loop {
  readonly head: Block;
  readonly body: Block;
  readonly again: Block;
  readonly exit: Block;
}

export function makeLoop(): Loop {
  return { head: makeBlock(), body: makeBlock(), again: makeBlock(), exit: makeBlock() };
}

export function runBody(b: Builder, loop: Loop, body: () => void, labels: readonly string[]): void {
  b.contexts.push({ kind: "loop", labels, exit: loop.exit, again: loop.again, isAnonymous: true });
  body();
  b.contexts.pop();
  b.goto(loop.again);
}

/** Lowers one round of a loop over `item`, a text; it goes on at `loop.again`. */
export type Each = (loop: Loop, item: string) => void;

/**
 * Lowers the rounds of a loop over an iterator: `advance` puts what its next step gives into `step`; `isOpen` is true
 * while a round is on, after which the iterator has to be closed.
 */
export function iteratorRounds(
  b: Builder,
  step: string,
  isOpen: string,
  each: Each,
  advance: () => void,
): () => void {
  const loop = makeLoop();
  return () => {
    b.goto(loop.head);
    b.at(loop.head);
    advance();
    b.branch(`${step}.done`, loop.exit, loop.body);
    b.at(loop.body);
    b.line(`${isOpen} = true;`);
    each(loop, `${step}.value`);
    b.at(loop.again);
    b.line(`${isOpen} = false;`);
    b.goto(loop.head);
    b.at(loop.exit);
  };
}

export function whileLoop(b: Builder, node: ts.WhileStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  b.goto(loop.head);
  b.at(loop.head);
  test(b, node.expression, loop);
  b.at(loop.body);
  runBody(b, loop, () => b.lower(node.statement), labels);
  b.at(loop.again);
  betweenRounds(b, node, loop.head, loop.again);
  b.goto(loop.head);
  b.at(loop.exit);
}

export function doLoop(b: Builder, node: ts.DoStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  b.goto(loop.body);
  b.at(loop.body);
  runBody(b, loop, () => b.lower(node.statement), labels);
  b.at(loop.again);
  betweenRounds(b, node, loop.body, loop.again);
  test(b, node.expression, loop);
  b.at(loop.exit);
}

export function forLoop(b: Builder, node: ts.ForStatement, labels: readonly string[]): void {
  const { initializer } = node;
  if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) {
    withFutures(b, [initializer], () => {
      openBoxes(b, initializer);
      if (isUsing(initializer)) withResources(b, initializer, () => rounds(b, node, labels));
      else {
        declare(b, initializer);
        rounds(b, node, labels);
      }
    });
    return;
  }
  if (initializer !== undefined) effectOf(b, initializer);
  rounds(b, node, labels);
}

/** The loop without what comes before it. */
function rounds(b: Builder, node: ts.ForStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  const { initializer, incrementor } = node;
  b.goto(loop.head);
  b.at(loop.head);
  test(b, node.condition, loop);
  b.at(loop.body);
  runBody(b, loop, () => b.lower(node.statement), labels);
  b.at(loop.again);
  if (!isAwait(incrementor)) betweenRounds(b, node, loop.head, loop.again);
  if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) renewBoxes(b, initializer);
  if (incrementor !== undefined) effectOf(b, incrementor);
  b.goto(loop.head);
  b.at(loop.exit);
}

/** Whether each round waits in the head of its loop: `next = await ...`. */
function isAwait(incrementor: ts.Expression | undefined): boolean {
  const step = incrementor && unwrapped(incrementor);
  if (step === undefined || !ts.isBinaryExpression(step))
    return step !== undefined && ts.isAwaitExpression(step);
  return step.operatorToken.kind === ts.SyntaxKind.EqualsToken && isAwait(step.right);
}

function test(b: Builder, condition: ts.Expression | undefined, loop: Loop): void {
  if (condition === undefined || condition.kind === ts.SyntaxKind.TrueKeyword) b.goto(loop.body);
  else b.branch(b.mark(condition) + valueOf(b, condition), loop.body, loop.exit);
}

/** Each round of a for loop has its own variables, which start as those of the round before. */
function renewBoxes(b: Builder, list: ts.VariableDeclarationList): void {
  if (isVar(list)) return;
  for (const declaration of list.declarations) {
    namesIn(declaration.name, (name) => {
      const slot = b.scopes.claim(name);
      const box = b.storage.slot(slot);
      if (slot.isBoxed) b.line(`${box} = { v: ${box}.v };`);
    });
  }
}
