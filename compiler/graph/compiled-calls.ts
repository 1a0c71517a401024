/** Calls of compiled functions: their arguments, in the order of the parameters, and the suspension. */
import ts from "typescript";
import type { Awaited, Builder } from "./builder.js";
import { listOperands, storeBefore } from "./operands.js";
import { parametersOf, unwrapped, usesArguments, type AsyncNode } from "../syntax.js";

/** The arguments of `node` as `target` takes them: one for each parameter, and a list for a rest parameter. */
export function argumentsOf(b: Builder, node: ts.CallExpression, target: AsyncNode): string[] {
  const receiver = receiverOf(node, target).filter((each) => each.kind !== ts.SyntaxKind.SuperKeyword);
  storeBefore(b, [...receiver.map((each) => ({ node: each })), ...listOperands(node.arguments)]);
  return arranged(b, node, target, hiddenOf(b, node, target));
}

/** The arguments that the call `node` does not show, once all is evaluated: its object, and what `target` captures. */
export function hiddenOf(b: Builder, node: ts.CallExpression, target: AsyncNode): string[] {
  return [...receiverOf(node, target).map((each) => receiverText(b, each)), ...capturesOf(b, target)];
}

/** As {@link argumentsOf}, once all is evaluated; `hidden` are those that the call does not show. */
export function arranged(
  b: Builder,
  node: ts.CallExpression,
  target: AsyncNode,
  hidden: readonly string[],
  line: (text: string) => void = (text) => b.line(text),
): string[] {
  const store = (text: string): string => {
    const name = b.copier.reference(b.temporary());
    line(`${name} = ${text};`);
    return name;
  };
  const hasSpread = node.arguments.some(ts.isSpreadElement);
  const isListed = usesArguments(target);
  const given = node.arguments.map((argument) => b.copier.text(argument));
  const parameters = parametersOf(target);
  const rest = parameters.findIndex((each) => each.dotDotDotToken !== undefined);
  if (!hasSpread) {
    const texts = isListed ? given.map(store) : given;
    const list = isListed ? [`[${texts.join(", ")}]`] : [];
    if (rest < 0) return [...hidden, ...list, ...texts];
    while (texts.length < rest) texts.push("undefined");
    return [...hidden, ...list, ...texts.slice(0, rest), `[${texts.slice(rest).join(", ")}]`];
  }
  const all = store(`[${given.join(", ")}]`);
  const each = parameters.map((_, i) => (i === rest ? `${all}.slice(${i})` : `${all}[${i}]`));
  return [...hidden, ...(isListed ? [all] : []), ...each];
}

/** The boxes that `target`, which is known by name, takes from this function. */
export function capturesOf(b: Builder, target: AsyncNode): string[] {
  return b.functions.get(target)!.captures.map((each) => b.storage.slot(b.scopes.slotOfSymbol(each)!));
}

function receiverOf(node: ts.CallExpression, target: AsyncNode): readonly ts.Expression[] {
  const callee = unwrapped(node.expression);
  return ts.isMethodDeclaration(target) && ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
}

/** The object of a call of a method; an inherited one has that of the caller. */
function receiverText(b: Builder, receiver: ts.Expression): string {
  const isSuper = receiver.kind === ts.SyntaxKind.SuperKeyword;
  return isSuper ? b.copier.reference(b.scopes.receiver!) : b.copier.text(receiver);
}

/** Suspends until `target` is done, which `node` calls. */
export function call(
  b: Builder,
  node: ts.CallExpression,
  target: AsyncNode,
  args = argumentsOf(b, node, target),
): Awaited {
  const callee = b.callee(target, node.expression, false);
  b.suspend((next) => ({ kind: "call", callee, args, next }), node);
  return { value: b.program.isVoidReturn(target) ? "undefined" : "$t.value_", isTaken: false };
}
