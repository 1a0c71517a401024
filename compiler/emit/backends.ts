/** The back ends by name, each as what modules are put together from. */
import ts from "typescript";
import { arenaFields, emitArena, toldText } from "./emit-arena.js";
import { boardLate, boardValue, emitBoard } from "./emit-board.js";
import { emitShared, sharedValue, type Emitted } from "./emit-shared.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { isWorded, type Graph } from "../graph/ir.js";
import type { BackendParts } from "./module.js";
import type { Program } from "../program/program.js";
import { below } from "./text.js";
import { reachedFrom, reasonsOf, type Sharing } from "../frames/send.js";
import { sharedFrames } from "../frames/shared-frames.js";

/**
 * Which form the output has. `arena`: switch over frames, for the library's executor. `board`: state functions.
 * `shared`: as `arena`, with frames in shared memory for tasks that may move between threads.
 */
export type Backend = "arena" | "board" | "shared";

/** The one that a program for hosts needs: `shared` where threads run its tasks, or one is demanded to be so. */
export function hostBackend(program: Program, functions: readonly AsyncFunction[]): Backend {
  const isDemanded = functions.some(({ demandsShared }) => demandsShared !== null);
  const spawns = (file: ts.SourceFile): boolean =>
    program.noted(file, "spawns on threads", () => spawnsOnThreads(program, file));
  return isDemanded || program.authored.some(spawns) ? "shared" : "arena";
}

function spawnsOnThreads(program: Program, file: ts.SourceFile): boolean {
  const isSpawn = (node: ts.Node): boolean =>
    SPAWNS.some((name) => program.isOwnCall(node, "Threads", name)) ||
    ts.forEachChild(node, isSpawn) === true;
  return file.text.includes("spawn") && isSpawn(file);
}

const SPAWNS = ["spawn", "spawnOn"];

export const arena: BackendParts = {
  emit: emitArena,
  parts: () => ["told", "frame", "enter", "poll"],
  value: (graph) => below("{ ", arenaFields(graph), " }"),
  runtime: [],
  hidden: ["told", "Frame", "frame", "level", "enter"],
};

/** For a program that `cancels` something or not. */
export function board(cancels: boolean): BackendParts {
  return {
    emit: (graph) => emitBoard(graph, cancels),
    parts: () => ["make"],
    value: boardValue,
    runtime: ["finished", "r", "ending"],
    hidden: [],
    late: boardLate,
  };
}

/**
 * Tasks that `sharing` lets move have shared frames, and what they await has them as well; all others are the arena's.
 * A function that both call has both. `evenPinned`: for tests, all have but those with free
 * arms or fair selects, and what is no number is held by the thread.
 */
export function shared(
  program: Program,
  graphs: readonly Graph[],
  sharing: ReadonlyMap<AsyncFunction, Sharing>,
  evenPinned: boolean,
): BackendParts {
  const isShared = (fn: AsyncFunction): boolean =>
    reasonsOf(sharing.get(fn)!).length === 0 || (evenPinned && graphsOf(reachedFrom(fn)).every(isWorded));
  const graphsOf = (fns: readonly AsyncFunction[]) => graphs.filter((graph) => fns.includes(graph.fn));
  const moving = reachedFrom(...graphs.map((graph) => graph.fn).filter((fn) => fn.pool > 0 && isShared(fn)));
  const staying = reachedFrom(
    ...graphs.map((graph) => graph.fn).filter((fn) => !moving.includes(fn) || (fn.pool > 0 && !isShared(fn))),
  );
  const frames = sharedFrames(program, graphsOf(moving));
  const frameOf = (graph: Graph) => frames.get(graph.fn);
  const emitted = new Map<Graph, Emitted>();
  const emittedOf = (graph: Graph): Emitted | undefined => {
    const frame = frameOf(graph);
    if (frame !== undefined && !emitted.has(graph)) emitted.set(graph, emitShared(frame));
    return emitted.get(graph);
  };
  return {
    parts: (graph) => [
      ...(staying.includes(graph.fn) ? arena.parts(graph) : ["told"]),
      ...(frames.has(graph.fn) ? ["sharedEnter", "sharedPoll"] : []),
    ],
    emit: (graph) => {
      const own = staying.includes(graph.fn) ? emitArena(graph) : toldText(graph);
      const texts = [own, emittedOf(graph)?.functions ?? ""];
      return texts.filter((text) => text !== "").join("\n");
    },
    first: (graph) => emittedOf(graph)?.first ?? "",
    value: (graph) => {
      const frame = frameOf(graph);
      const form = frame === undefined ? [] : [`shared_: ${sharedValue(frame)}`];
      return below("{ ", [...arenaFields(graph, staying.includes(graph.fn)), ...form], " }");
    },
    runtime: RUNTIME,
    hidden: [...arena.hidden, "sharedEnter"],
  };
}

/** What shared frames use of the runtime. */
const RUNTIME = [
  "makeRegion",
  "polls",
  "told",
  "keeps",
  "races",
  "unwindShared",
  "keep",
  "kept",
  "choices",
  "choose",
  "either",
  "setEither",
  "race",
  "future",
  "arm",
  "checkDepth",
];
