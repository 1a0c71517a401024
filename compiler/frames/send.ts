/**
 * Which tasks may move between threads, and what keeps the others where they are.
 *
 *   shared   all that it keeps while it waits are numbers (columns.ts), and it uses nothing of one thread (ties.ts),
 *            nor does any function that it awaits
 *   pinned   anything else; each reason names a place and what holds the task there
 *
 * A frame whose slots are all numbers can be stored in columns in either case: `fits`.
 */
import ts from "typescript";
import { doubtsOf } from "./believed.js";
import { shapeOf, type Shape } from "./columns.js";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { isSuspension, type Block, type Graph, type Slot } from "../graph/ir.js";
import { livenessOf, type Liveness } from "./liveness.js";
import type { Program } from "../program/program.js";
import { parametersOf, unwrapped } from "../syntax.js";
import { sourceOf, type Reason } from "./reasons.js";
import { waitReasons } from "./thread-waits.js";
import { tiesOf } from "./ties.js";

/** What was found of one function, and all that it awaits. */
export interface Sharing {
  /** What no column can hold. */
  readonly locals: readonly Reason[];
  /** What it uses of its thread. */
  readonly ties: readonly Reason[];
}

/** Decides for each of `graphs`, by its function. */
export function sharingOf(program: Program, graphs: readonly Graph[]): ReadonlyMap<AsyncFunction, Sharing> {
  const own = new Map(graphs.map((graph) => [graph.fn, ownSharing(program, graph)]));
  return new Map(graphs.map(({ fn }) => [fn, merged(reachedFrom(fn).map((each) => own.get(each)!))]));
}

function merged(all: readonly Sharing[]): Sharing {
  const once = (reasons: readonly Reason[]): Reason[] =>
    reasons.filter((each, i) => reasons.findIndex((other) => other.node === each.node) === i);
  return { locals: once(all.flatMap((each) => each.locals)), ties: once(all.flatMap((each) => each.ties)) };
}

/** `functions` and what they await, in whichever depth. */
export function reachedFrom(...functions: readonly AsyncFunction[]): AsyncFunction[] {
  const reached = [...functions];
  for (const each of reached) {
    for (const callee of [...each.callees, ...each.makes])
      if (!reached.includes(callee)) reached.push(callee);
  }
  return reached;
}

function ownSharing(program: Program, graph: Graph): Sharing {
  const liveness = livenessOf(graph);
  return {
    locals: [...doubtsOf(program, graph.fn.node), ...slotReasons(program, graph, liveness)],
    ties: [...waitReasons(program, graph, liveness), ...tiesOf(program, graph.fn.node)],
  };
}

/** Slots that must outlive a poll, and are no numbers. */
function slotReasons(program: Program, graph: Graph, liveness: Liveness): Reason[] {
  const reasons: Reason[] = [];
  const atEntry = liveness.before(graph.states[0]!);
  for (const slot of graph.slots) {
    if (isFutureSlot(graph, slot) || slotShape(program, graph, slot) !== undefined) continue;
    const across = liveness.blocks.find((block) => liveness.over(block).has(slot.id));
    if (atEntry.has(slot.id)) reasons.push(reasonOf(program, graph, slot, null, "comes in as a parameter"));
    else if (across !== undefined) {
      const wait = awaitOf(across);
      reasons.push(reasonOf(program, graph, slot, wait, `is alive across await ${wait.waitsFor}`));
    } else if (handlersOf(liveness).some((handler) => liveness.before(handler).has(slot.id)))
      reasons.push(reasonOf(program, graph, slot, null, "is read by a catch or finally"));
  }
  return reasons;
}

function reasonOf(program: Program, graph: Graph, slot: Slot, wait: Block | null, what: string): Reason {
  const until = wait?.waitsAt?.end ?? Infinity;
  const nodes = slot.given.filter((each) => typeof each !== "string");
  const node = nodes.filter((each) => each.pos <= until).at(-1) ?? nodes[0];
  if (node === undefined) {
    const isReceiver = slot.name === "$this";
    const text = isReceiver ? `"this" ${what}` : `a value of the statement ${what}`;
    return { node: isReceiver ? graph.fn.node : (wait?.waitsAt ?? graph.fn.node), text };
  }
  const held = slot.isBoxed ? ", which a function inside holds," : "";
  return { node, text: `"${sourceOf(node)}: ${program.values.typeText(node)}"${held} ${what}` };
}

/** Whether `slot` is a named future: its operation is a part of the frame, and all that the slot says. */
export function isFutureSlot(graph: Graph, slot: Slot): boolean {
  return !slot.isBoxed && graph.futures.includes(slot);
}

/** How `slot` of `graph` is stored; undefined when no column can hold it. */
export function slotShape(program: Program, graph: Graph, slot: Slot): Shape | undefined {
  // A default that must be computed comes after the arguments are stored.
  const at = graph.params.indexOf(slot);
  const own = parametersOf(graph.fn.node);
  const parameter = at < 0 ? undefined : own[at - (graph.params.length - own.length)];
  return shapeOf(program, slot, parameter !== undefined && hasComputedDefault(parameter));
}

/** Whether `parameter` has a default other than a number, true or false in the source. */
export function hasComputedDefault({ initializer }: ts.ParameterDeclaration): boolean {
  return initializer !== undefined && !isConstant(initializer);
}

function isConstant(node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (ts.isPrefixUnaryExpression(inner)) return ts.isNumericLiteral(inner.operand);
  const { kind } = inner;
  return (
    ts.isNumericLiteral(inner) || kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Where the suspension at the end of `block` resumes, which knows what it waits for. */
function awaitOf(block: Block): Block {
  if (!isSuspension(block.end)) throw new Error("no suspension");
  return block.end.next;
}

function handlersOf(liveness: Liveness): Block[] {
  return liveness.blocks.flatMap((block) =>
    block.lines.flatMap((line) => (typeof line !== "string" && line.handler !== null ? [line.handler] : [])),
  );
}

/** Refuses tasks that were declared with `shared: true` and cannot be. */
export function refusePinned(
  graphs: readonly Graph[],
  sharing: () => ReadonlyMap<AsyncFunction, Sharing>,
  refuse: (refusal: Refusal) => void,
): void {
  for (const { fn } of graphs.filter((graph) => graph.fn.demandsShared !== null)) {
    for (const { node, text } of reasonsOf(sharing().get(fn)!)) {
      const message = `task "${fn.name}" is pinned to its thread: ${text}. ${ADVICE}`;
      refuse(new Refusal("C401", node, message));
    }
  }
}

const ADVICE = "Let it keep numbers, or leave out `shared: true`";

/** All that keeps a function where it is. */
export function reasonsOf({ locals, ties }: Sharing): readonly Reason[] {
  return [...locals, ...ties];
}
