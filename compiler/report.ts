/** What is told of each compiled function: `npm start`'s table, `npm run emit`. */
import { arenaLayout } from "./emit/emit-arena.js";
import type { AsyncFunction } from "./find/find-tasks.js";
import { boardWords, deepestChain, hostWords, keptLocals } from "./frames/frame-size.js";
import type { Graph } from "./graph/ir.js";
import { placeOf, reasonsOf, type Sharing } from "./frames/send.js";
import { asWritten } from "./emit/text.js";

/** One function, for reports. */
export interface FunctionReport {
  readonly name: string;
  readonly file: string;
  readonly isTask: boolean;
  readonly pool: number;
  /** Names of the locals in the frame. */
  readonly locals: readonly string[];
  /** Those of the author with what they are kept for: the first wait that they live over, or "". */
  readonly kept: readonly { readonly name: string; readonly over: string }[];
  /** What its frame takes on V8, in words of 8 bytes, and on boards, in variables; see frame-size.ts. */
  readonly hostWords: number;
  readonly boardWords: number;
  /** The longest way of awaits from here down, by name. */
  readonly chain: readonly string[];
  readonly states: number;
  /** What keeps it, or what it awaits, from moving between threads; empty when it may. Computed when it is asked. */
  readonly pinnedBy: readonly string[];
}

/** The report of one function. */
export function reportOf(graph: Graph, sharing: () => ReadonlyMap<AsyncFunction, Sharing>): FunctionReport {
  const { fn } = graph;
  const { words } = arenaLayout(graph);
  return {
    name: fn.name,
    file: fn.file.fileName,
    isTask: fn.pool > 0,
    pool: fn.pool,
    locals: words.flatMap((word) => word.slots).map((slot) => asWritten(slot.name)),
    get kept() {
      return keptLocals(graph);
    },
    hostWords: hostWords(graph),
    boardWords: boardWords(graph),
    get chain() {
      return deepestChain(fn);
    },
    states: graph.states.length,
    get pinnedBy() {
      return reasonsOf(sharing().get(fn)!).map((reason) => `${placeOf(reason)} ${reason.text}`);
    },
  };
}
