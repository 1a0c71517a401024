/**
 * What the frame of one function takes, for reports, and what it is taken for.
 *
 *   part             | fields | counted as
 *   -----------------+--------+----------------------------------------------------------
 *   frame            | 3 + n  | an object: caller, resume point, handler, and its words
 *   future by name   | 12     | an operation
 *   select, timeout  | 28 + n | a group, its record, and the arrays of its n arms
 *
 * A field is 8 bytes on V8, and an object has 3 more; tests/alloc/frames.test.ts measures it. On boards a field is a
 * variable: a slot of 16 bytes on XS, 13 on Espruino. Not counted: code, strands of arms, and what fields lead to.
 */
import { arenaLayout } from "../emit/emit-arena.js";
import { boardLayout } from "../emit/emit-board.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { isSuspension, type Graph, type Race } from "../graph/ir.js";
import { livenessOf } from "./liveness.js";
import { asWritten } from "../emit/text.js";

const HEADER = 3;
const FRAME = 3;
const LEVEL = 2;
const OPERATION = 12;
const GROUP = 28;

/** Words of 8 bytes that V8 takes for the frames of `graph`: one, or one for each level. */
export function hostWords(graph: Graph): number {
  const { depth } = graph.fn;
  const fields = FRAME + arenaLayout(graph).words.length + (depth > 0 ? LEVEL : 0);
  const futures = graph.futures.length * (HEADER + OPERATION);
  return Math.max(1, depth) * (HEADER + fields + storageFields(graph) + futures + racesWords(graph));
}

/** Variables that a board takes for it. */
export function boardWords(graph: Graph): number {
  const own = boardLayout(graph).words.length + 1 + (graph.hasHandlers ? 1 : 0);
  const futures = graph.futures.length * OPERATION;
  return Math.max(1, graph.fn.depth) * (own + storageFields(graph) + futures + racesWords(graph));
}

function storageFields({ futures, callees, races }: Graph): number {
  return futures.length + callees.length + races.length;
}

function racesWords({ races }: Graph): number {
  return races.reduce((sum: number, race: Race) => sum + GROUP + race.names.length, 0);
}

/** The author's locals in the frame of `graph`, each with the waits that it is kept over. */
export function keptLocals(graph: Graph): { readonly name: string; readonly over: readonly string[] }[] {
  const liveness = livenessOf(graph);
  const slots = arenaLayout(graph).words.flatMap((word) => word.slots);
  return slots
    .filter((slot) => !slot.name.startsWith("$"))
    .map((slot) => {
      const blocks = liveness.blocks.filter((each) => liveness.over(each).has(slot.id));
      const waits = blocks.flatMap(({ end }) => (isSuspension(end) ? [end.next.waitsFor] : []));
      return { name: asWritten(slot.name), over: inOrder(waits) };
    });
}

/** By line, each once. */
function inOrder(waits: readonly string[]): string[] {
  const lineOf = (wait: string): number => Number(/:(\d+)$/.exec(wait)?.[1] ?? 0);
  return [...new Set(waits)].filter((each) => each !== "").sort((a, b) => lineOf(a) - lineOf(b));
}

/** The longest way of awaits from `fn` down, by name: each level of a function that awaits itself is the same one. */
export function deepestChain(fn: AsyncFunction, path: readonly AsyncFunction[] = []): readonly string[] {
  if (path.includes(fn)) return [];
  const below = fn.callees.map((callee) => deepestChain(callee, [...path, fn]));
  return [fn.name, ...below.reduce((longest, each) => (each.length > longest.length ? each : longest), [])];
}
