/** What is told of each compiled function: `npm start`'s table, `npm run emit`. */
import type ts from "typescript";
import { arenaLayout } from "./emit/emit-arena.js";
import type { AsyncFunction } from "./find/find-tasks.js";
import { boardWords, deepestChain, hostWords, keptLocals } from "./frames/frame-size.js";
import type { Graph } from "./graph/ir.js";
import { placeOf } from "./frames/reasons.js";
import { reasonsOf, type Sharing } from "./frames/send.js";
import { awaitsOf } from "./awaits.js";
import { asWritten } from "./emit/text.js";

/** A place in a file: its line, from 1, and its column, from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One function, for reports. */
export interface FunctionReport {
  readonly name: string;
  readonly file: string;
  /** Where it stands there. */
  readonly from: Position;
  readonly to: Position;
  readonly isTask: boolean;
  readonly pool: number;
  /** Names of the locals in the frame. */
  readonly locals: readonly string[];
  /** Those of the author, each with all waits that it lives over; none where it is kept for another reason. */
  readonly kept: readonly { readonly name: string; readonly over: readonly string[] }[];
  /** What its frame takes on V8, in words of 8 bytes, and on boards, in variables; see frame-size.ts. */
  readonly hostWords: number;
  readonly boardWords: number;
  /** The compiled functions that it awaits: where they stand, and the lines of the awaits. */
  readonly awaits: readonly { readonly file: string; readonly from: Position; readonly line: number }[];
  /** The longest way of awaits from here down, by name. */
  readonly chain: readonly string[];
  readonly states: number;
  /** What keeps it, or what it awaits, from moving between threads; empty when it may. Computed when it is asked. */
  readonly pinnedBy: readonly string[];
}

function positionOf(file: ts.SourceFile, offset: number): Position {
  const { line, character } = file.getLineAndCharacterOfPosition(offset);
  return { line: line + 1, column: character };
}

/** The report of one function. */
export function reportOf(graph: Graph, sharing: () => ReadonlyMap<AsyncFunction, Sharing>): FunctionReport {
  const { fn } = graph;
  const { words } = arenaLayout(graph);
  return {
    name: fn.name,
    file: fn.file.fileName,
    from: positionOf(fn.file, fn.node.getStart()),
    to: positionOf(fn.file, fn.node.end),
    isTask: fn.pool > 0,
    pool: fn.pool,
    locals: words.flatMap((word) => word.slots).map((slot) => asWritten(slot.name)),
    get kept() {
      return keptLocals(graph);
    },
    hostWords: hostWords(graph),
    boardWords: boardWords(graph),
    get awaits() {
      return awaitsOf(graph).map(({ fn: { file, node }, line }) => ({
        file: file.fileName,
        from: positionOf(file, node.getStart()),
        line,
      }));
    },
    get chain() {
      return deepestChain(fn);
    },
    states: graph.states.length,
    get pinnedBy() {
      return reasonsOf(sharing().get(fn)!).map((reason) => `${placeOf(reason)} ${reason.text}`);
    },
  };
}
