/**
 * Which tasks may move between threads, and what keeps the others where they are.
 *
 *   shared   all that it keeps while it waits are numbers (columns.ts), and it uses nothing of one thread (ties.ts),
 *            nor does any function that it awaits
 *   pinned   anything else; each reason names a place and what holds the task there
 *
 * A frame whose slots are all numbers can be stored in columns in either case: `fits`.
 */
import { basename } from "node:path";
import ts from "typescript";
import { doubtsOf } from "./believed.js";
import { shapeOf, type Shape } from "./columns.js";
import { makerOf } from "../combinators.js";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { asyncTargetOf } from "../find/targets.js";
import { PLAIN, isSuspension, type Block, type Graph, type Slot } from "../graph/ir.js";
import { livenessOf, type Liveness } from "./liveness.js";
import type { Program } from "../program/program.js";
import { parametersOf, unwrapped } from "../syntax.js";
import { tiesOf } from "./ties.js";

/** What keeps a task on its thread. */
export interface Reason {
  readonly node: ts.Node;
  /** `"parts: string[]" is alive across await sleep(ms(5)) :12`. */
  readonly text: string;
}

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
    for (const callee of each.callees) if (!reached.includes(callee)) reached.push(callee);
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

/** `node` in one line, not too long. */
function sourceOf(node: ts.Node): string {
  const name = (node as Partial<ts.NamedDeclaration>).name;
  const text = (name ?? node).getText().replace(/\s+/g, " ");
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
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

/** What a task that moves can wait for, besides calls. */
const MOVABLE = ["sleep", "yieldNow", "join", "settled", "stop"];

/** Waits for what other threads cannot see. */
function waitReasons(program: Program, graph: Graph, liveness: Liveness): Reason[] {
  const waits = liveness.blocks.flatMap((block) => waitsOf(program, block));
  const named = graph.futures.map((slot) => (slot.given[0] as ts.Node).parent as ts.VariableDeclaration);
  const futures = [...waits, ...named.map((each) => each.initializer!)];
  return [...futures.flatMap((future) => leafReasons(program, future)), ...boundReasons(graph, liveness)];
}

/** What runs on a free arm is only known to its thread, and how far a race is that does not end with its first arm. */
function boundReasons({ freeArms }: Graph, { blocks }: Liveness): Reason[] {
  return blocks.flatMap(({ end }) => {
    if (end.kind !== "race") return [];
    const { waitsAt: node, waitsFor } = end.next;
    const reason = (what: string): Reason => ({ node: node!, text: `await ${waitsFor} ${what}` });
    if (end.group.maker !== PLAIN) return [reason("is no select, and its arms are of this thread")];
    const isFree = freeArms.some(({ race }) => race === end.group.slot);
    return isFree ? [reason("has an arm that is a race, or found when it runs")] : [];
  });
}

/** What a task waits for at the end of `block`, as the author wrote it. A future with a name is looked at where it is made. */
function waitsOf(program: Program, { end }: Block): ts.Node[] {
  if (end.kind === "leaf") return end.suspends === "pauses" ? [] : [end.next.waitsAt!];
  if (end.kind !== "race") return [];
  const whole = unwrapped(end.next.waitsAt as ts.Expression);
  if (!ts.isCallExpression(whole)) return ts.isIdentifier(whole) ? [] : [whole];
  const [first] = whole.arguments;
  const own = program.ownNameOf(whole.expression);
  // Each thread has its own clock.
  if (own === "deadline") return [whole];
  const arms = makerOf(own) !== undefined ? armsIn(first!) : [first!];
  return arms.filter((each) => !ts.isIdentifier(each));
}

function armsIn(select: ts.Expression): ts.Expression[] {
  const { properties } = unwrapped(select) as ts.ObjectLiteralExpression;
  return properties.map((each) =>
    ts.isPropertyAssignment(each) ? unwrapped(each.initializer) : (each.name as ts.Identifier),
  );
}

/** What keeps `future` on this thread; calls of async functions are looked at where they are compiled. */
function leafReasons(program: Program, future: ts.Node): Reason[] {
  const node = ts.isExpression(future) ? unwrapped(future) : future;
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].flatMap((each) => leafReasons(program, each));
  if (ts.isCallExpression(node)) {
    const own = program.ownNameOf(node.expression);
    if (own !== undefined && (MOVABLE.includes(own) || isOfShared(program, node.expression))) return [];
    if (asyncTargetOf(program, node) !== undefined) return [];
  }
  const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return [{ node, text: `await ${sourceOf(node)} :${line} waits for something of this thread` }];
}

/** Whether `callee` is a method of ours that waits for what all threads see, or for a job, over which the task stays. */
function isOfShared(program: Program, callee: ts.Expression): boolean {
  const owner = program.symbolOf(callee)?.valueDeclaration?.parent;
  return owner !== undefined && ts.isClassDeclaration(owner) && SHARED.includes(owner.name?.text ?? "");
}

const SHARED = ["SharedSemaphore", "Threads"];

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

/** `main.ts:4:9`. */
export function placeOf({ node }: Reason): string {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${basename(file.fileName)}:${line + 1}:${character + 1}`;
}
