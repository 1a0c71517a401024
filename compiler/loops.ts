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
import { Refusal } from "./diagnostics.js";
import { declare, namesIn, openBoxes } from "./declarations.js";
import { effectOf, valueOf } from "./expressions.js";
import { makeBlock, type Block } from "./ir.js";

interface Loop {
  readonly head: Block;
  readonly body: Block;
  readonly again: Block;
  readonly exit: Block;
}

function makeLoop(): Loop {
  return { head: makeBlock(), body: makeBlock(), again: makeBlock(), exit: makeBlock() };
}

function runBody(b: Builder, loop: Loop, body: ts.Statement, labels: readonly string[]): void {
  b.contexts.push({ kind: "loop", labels, exit: loop.exit, again: loop.again, isAnonymous: true });
  b.lower(body);
  b.contexts.pop();
  b.goto(loop.again);
}

export function whileLoop(b: Builder, node: ts.WhileStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  b.goto(loop.head);
  b.at(loop.head);
  test(b, node.expression, loop);
  b.at(loop.body);
  runBody(b, loop, node.statement, labels);
  b.at(loop.again);
  b.goto(loop.head);
  b.at(loop.exit);
}

export function doLoop(b: Builder, node: ts.DoStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  b.goto(loop.body);
  b.at(loop.body);
  runBody(b, loop, node.statement, labels);
  b.at(loop.again);
  test(b, node.expression, loop);
  b.at(loop.exit);
}

export function forLoop(b: Builder, node: ts.ForStatement, labels: readonly string[]): void {
  const loop = makeLoop();
  const { initializer, incrementor } = node;
  if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) {
    openBoxes(b, initializer);
    declare(b, initializer);
  } else if (initializer !== undefined) effectOf(b, initializer);
  b.goto(loop.head);
  b.at(loop.head);
  test(b, node.condition, loop);
  b.at(loop.body);
  runBody(b, loop, node.statement, labels);
  b.at(loop.again);
  if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) renewBoxes(b, initializer);
  if (incrementor !== undefined) effectOf(b, incrementor);
  b.goto(loop.head);
  b.at(loop.exit);
}

/** `for (const x of array)`: by index, since an array's iterator would be allocated. */
export function forOfLoop(b: Builder, node: ts.ForOfStatement, labels: readonly string[]): void {
  if (node.awaitModifier !== undefined) {
    const advice = "Write for (;;) { const item = await channel.receive(); if (item === CLOSED) break; ... }";
    throw new Refusal("C142", node, `for await is not compiled yet. ${advice}`);
  }
  if (!b.program.isIndexed(node.expression)) {
    const text = node.expression.getText();
    throw new Refusal(
      "C141",
      node.expression,
      `for-of with an await or a jump out of it needs an array, and "${text}" is none. Make it one first`,
    );
  }
  const loop = makeLoop();
  const array = b.store(valueOf(b, node.expression));
  const index = b.store("0");
  b.goto(loop.head);
  b.at(loop.head);
  b.branch(`${index} < ${array}.length`, loop.body, loop.exit);
  b.at(loop.body);
  nextItem(b, node.initializer, `${array}[${index}]`);
  runBody(b, loop, node.statement, labels);
  b.at(loop.again);
  b.line(`${index}++;`);
  b.goto(loop.head);
  b.at(loop.exit);
}

function nextItem(b: Builder, target: ts.ForInitializer, item: string): void {
  if (!ts.isVariableDeclarationList(target)) {
    b.line(`(${b.copier.text(target)} = ${item});`);
    return;
  }
  openBoxes(b, target);
  const name = target.declarations[0]!.name;
  b.line(
    `${b.mark(name)}${ts.isObjectBindingPattern(name) ? `(${b.copier.pattern(name)} = ${item})` : `${b.copier.pattern(name)} = ${item}`};`,
  );
}

function test(b: Builder, condition: ts.Expression | undefined, loop: Loop): void {
  if (condition === undefined || condition.kind === ts.SyntaxKind.TrueKeyword) b.goto(loop.body);
  else b.branch(b.mark(condition) + valueOf(b, condition), loop.body, loop.exit);
}

/** Each round of a for loop has its own variables, which start as those of the round before. */
function renewBoxes(b: Builder, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    namesIn(declaration.name, (name) => {
      const slot = b.scopes.claim(name);
      const box = b.storage.slot(slot);
      if (slot.isBoxed) b.line(`${box} = { v: ${box}.v };`);
    });
  }
}
