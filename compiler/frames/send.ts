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
import { columnOf } from "./columns.js";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { isSuspension, type Block, type Graph, type Slot } from "../graph/ir.js";
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
    locals: [
      ...doubtsOf(program, graph.fn.node),
      ...slotReasons(program, graph, liveness),
      ...parameterReasons(graph),
      ...futureReasons(program, graph),
      ...levelReasons(graph),
      ...raceReasons(graph, liveness),
    ],
    ties: [...waitReasons(program, graph, liveness), ...tiesOf(program, graph.fn.node)],
  };
}

/** Levels are objects: their number says nothing of where they lie. */
function levelReasons({ fn }: Graph): Reason[] {
  return fn.depth === 0
    ? []
    : [{ node: fn.node, text: `"${fn.name}" awaits itself, and has a frame for each level` }];
}

/** Slots that must outlive a poll, and are no numbers. */
function slotReasons(program: Program, graph: Graph, liveness: Liveness): Reason[] {
  const reasons: Reason[] = [];
  const atEntry = liveness.before(graph.states[0]!);
  for (const slot of graph.slots) {
    if (graph.futures.includes(slot)) continue;
    if (!slot.isBoxed && columnOf(program, slot.given[0]!) !== undefined) continue;
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

/** An argument is stored before the first poll: a default that must be computed would come too early. */
function parameterReasons(graph: Graph): Reason[] {
  return parametersOf(graph.fn.node)
    .filter(hasComputedDefault)
    .map((each) => ({ node: each, text: `"${each.getText()}" has a default that is no number in place` }));
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

function futureReasons(program: Program, graph: Graph): Reason[] {
  return graph.futures.map((slot) => reasonOf(program, graph, slot, null, "is a future, which is an object"));
}

function raceReasons(graph: Graph, liveness: Liveness): Reason[] {
  return liveness.blocks.flatMap((block) => {
    const { kind } = block.end;
    if (kind === "yield")
      return [{ node: graph.fn.node, text: `"${graph.fn.name}" is a generator, which is an object` }];
    if (kind !== "race" && kind !== "resume") return [];
    const { waitsAt, waitsFor } = awaitOf(block);
    const what = kind === "race" ? "keeps its arms in objects" : "keeps a generator, which is an object";
    return [{ node: waitsAt ?? graph.fn.node, text: `await ${waitsFor} ${what}` }];
  });
}

/** What a task that moves can wait for. */
const MOVABLE = ["sleep", "yieldNow"];

function waitReasons(program: Program, graph: Graph, liveness: Liveness): Reason[] {
  return liveness.blocks.flatMap((block) => {
    if (block.end.kind !== "leaf" || block.end.suspends === "pauses") return [];
    const { waitsAt, waitsFor } = awaitOf(block);
    const call = waitsAt === null ? undefined : unwrapped(waitsAt as ts.Expression);
    const own =
      call !== undefined && ts.isCallExpression(call) ? program.ownNameOf(call.expression) : undefined;
    if (own !== undefined && MOVABLE.includes(own)) return [];
    return [{ node: waitsAt ?? graph.fn.node, text: `await ${waitsFor} waits for something of this thread` }];
  });
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

/** `main.ts:4:9`. */
export function placeOf({ node }: Reason): string {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${basename(file.fileName)}:${line + 1}:${character + 1}`;
}
