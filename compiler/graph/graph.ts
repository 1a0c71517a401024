/** Pass 3: the graph of one function. */
import ts from "typescript";
import { awaited } from "./awaits.js";
import { Builder } from "./builder.js";
import { hoist, namesIn, openBox } from "./declarations.js";
import { valueOf } from "./expressions.js";
import { generatorText } from "./generator-objects.js";
import { yielded } from "./generators.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Graph, Slot } from "./ir.js";
import type { Program } from "../program/program.js";
import { returnValue } from "./returns.js";
import { scope, statement } from "./statements.js";
import { releaseLarge } from "../frames/release.js";
import { parametersOf } from "../syntax.js";

/** Builds the graph of `fn`; `functions` are all compiled functions by their node. Throws a Refusal. */
export function buildGraph(
  program: Program,
  fn: AsyncFunction,
  functions: ReadonlyMap<ts.Node, AsyncFunction>,
  hasIterators: boolean,
): Graph {
  const b = new Builder(
    program,
    fn,
    functions,
    { statement, scope, awaited, valueOf, yielded, generatorText },
    hasIterators,
  );
  const parameters = parametersOf(fn.node);
  const { receiver, captures, list } = b.scopes;
  const own = parameters.map((parameter) => parameterSlot(b, parameter));
  const isOwn = receiver !== null && !captures.includes(receiver);
  b.params = [...(isOwn ? [receiver] : []), ...captures, ...(list === null ? [] : [list]), ...own];
  if (isOwn && receiver.isBoxed) b.line(`${b.storage.slot(receiver)} = { v: ${b.storage.slot(receiver)} };`);
  if (list !== null) openArguments(b, list);
  parameters.forEach((parameter, i) => {
    openParameter(b, parameter, own[i]!);
  });
  hoist(b);
  const body = fn.node.body!;
  if (ts.isBlock(body)) scope(b, body.statements);
  else returnValue(b, body, body);
  b.return(null);
  const isLarge = ({ given }: Slot): boolean =>
    given.some((each) => typeof each !== "string" && program.isIndexed(each));
  releaseLarge(b.entry, b.scopes.slots, isLarge, () => b.scopes.temporary("$value", "object"));
  return b.graph();
}

function parameterSlot(b: Builder, parameter: ts.ParameterDeclaration): Slot {
  return ts.isIdentifier(parameter.name)
    ? b.scopes.claim(parameter.name)
    : b.scopes.temporary("$argument", parameter);
}

/** Makes the `arguments` of strict code out of a list. */
function openArguments(b: Builder, slot: Slot): void {
  const raw = b.storage.slot(slot);
  const made = `(function () { return arguments; }).apply(undefined, ${raw})`;
  b.line(`${raw} = ${slot.isBoxed ? `{ v: ${made} }` : made};`);
}

/** Boxes, defaults and patterns: what happens to an argument before the body runs. */
function openParameter(b: Builder, parameter: ts.ParameterDeclaration, slot: Slot): void {
  const raw = b.storage.slot(slot);
  const { name, initializer } = parameter;
  if (slot.isBoxed) b.line(`${raw} = { v: ${raw} };`);
  const value = slot.isBoxed ? `${raw}.v` : raw;
  if (initializer !== undefined)
    b.line(`if (${value} === undefined) ${value} = ${b.copier.text(initializer)};`);
  if (ts.isIdentifier(name)) return;
  namesIn(name, (each) => {
    openBox(b, each);
  });
  b.line(`(${b.copier.pattern(name)} = ${value});`);
}
