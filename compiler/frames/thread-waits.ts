/** Waits of a task for what only its thread has: other waits go on wherever the task is. */
import ts from "typescript";
import { COMBINATORS, makerOf } from "../combinators.js";
import { asyncTargetOf } from "../find/targets.js";
import { FAIR, type Block, type Graph } from "../graph/ir.js";
import type { Program } from "../program/program.js";
import { unwrapped } from "../syntax.js";
import type { Liveness } from "./liveness.js";
import { sourceOf, type Reason } from "./reasons.js";
import { SHARED } from "./ties.js";

/** What a task that moves can wait for, besides calls. */
const MOVABLE = ["sleep", "sleepUntil", "yieldNow", "join", "settled", "stop"];

/** Waits for what other threads cannot see. */
export function waitReasons(program: Program, graph: Graph, liveness: Liveness): Reason[] {
  const waits = liveness.blocks.flatMap((block) => waitsOf(program, block));
  const named = graph.futures.map((slot) => (slot.given[0] as ts.Node).parent as ts.VariableDeclaration);
  const futures = [...waits, ...named.map((each) => each.initializer!)];
  return [
    ...futures.flatMap((future) => leafReasons(program, future)),
    ...boundReasons(program, graph, liveness),
  ];
}

/** What runs on a free arm is only known to its thread, and whose turn it is in a fair select. */
function boundReasons(program: Program, { freeArms }: Graph, { blocks }: Liveness): Reason[] {
  return blocks.flatMap(({ end }) => {
    if (end.kind !== "race") return [];
    const { waitsAt, waitsFor } = end.next;
    const node = waitsAt as ts.Expression;
    if (end.group.maker === FAIR) {
      const what = "keeps whose turn it is, on this thread. A select does not";
      return [{ node, text: `await ${waitsFor} ${what}` }];
    }
    const free = freeArms.filter(({ race }) => race === end.group.slot);
    return free.map(({ arm }) => armReason(program, armsOf(program, node)[arm]!));
  });
}

function armReason(program: Program, node: ts.Node): Reason {
  const what = isRace(program, node)
    ? "is a race of this thread. A call of an async function that awaits it may move"
    : "is found when it runs, on this thread";
  return { node, text: `the arm ${sourceOf(node)} ${what}` };
}

function isRace(program: Program, node: ts.Node): boolean {
  const own = ts.isCallExpression(node) ? program.ownNameOf(node.expression) : undefined;
  return own !== undefined && COMBINATORS.includes(own);
}

/** What a task waits for at the end of `block`, as the author wrote it. A future with a name is looked at where it is made. */
function waitsOf(program: Program, { end }: Block): ts.Node[] {
  if (end.kind === "leaf") return end.suspends === "pauses" ? [] : [end.next.waitsAt!];
  if (end.kind !== "race") return [];
  const whole = unwrapped(end.next.waitsAt as ts.Expression);
  if (!ts.isCallExpression(whole)) return ts.isIdentifier(whole) ? [] : [whole];
  return armsOf(program, whole).filter((each) => !ts.isIdentifier(each) && !isRace(program, each));
}

/** What `race` is given, as the author wrote it. */
function armsOf(program: Program, race: ts.Expression): ts.Node[] {
  const { expression, arguments: given } = unwrapped(race) as ts.CallExpression;
  return makerOf(program.ownNameOf(expression)) !== undefined ? armsIn(given[0]!) : [unwrapped(given[0]!)];
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
  } else if (program.isSharedChannel(node)) return []; // a loop goes over it
  const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return [{ node, text: `await ${sourceOf(node)} :${line} waits for something of this thread` }];
}

/** Whether `callee` is a method of ours that waits for what all threads see, or for a job, over which the task stays. */
function isOfShared(program: Program, callee: ts.Expression): boolean {
  const owner = program.symbolOf(callee)?.valueDeclaration?.parent;
  const name = owner !== undefined && ts.isClassDeclaration(owner) ? owner.name?.text : undefined;
  return name !== undefined && (name === "Threads" || SHARED.includes(name));
}
