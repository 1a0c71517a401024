/**
 * Where things lie in the frames of the shared back end, in words from the start of a frame:
 *
 *   code | caller | resume | handler | words, flags, tags | doubles | named futures | generators | the rest
 *
 *   the rest   what the function is waiting for, one at a time:
 *              - the frame of what it calls; of a function that awaits itself there are more, one behind the other
 *              - a select: who won, a record for each arm, and the region of each arm that is a call
 */
import type { AsyncFunction } from "../find/find-tasks.js";
import { STRAND, isGenerator, type Callee, type Graph, type Race, type Slot } from "../graph/ir.js";
import type { Program } from "../program/program.js";
import type { Column, Shape } from "./columns.js";
import { layoutOf, type Layout, type Word } from "./layout.js";
import { livenessOf } from "./liveness.js";
import { isFutureSlot, slotShape } from "./send.js";

/** Words of a strand before its first frame, and of a frame before its locals; core/shared/region.ts has the same. */
export const STRAND_WORDS = 10;
const FRAME_WORDS = 4;

/** Words of a record of core/shared/leaves.ts, of one of a named future, and of a select before those of its arms. */
const RECORD_WORDS = 4;
const FUTURE_WORDS = 6;
const WINNER_WORDS = 2;

/** Where a word of a frame lies; `tag` is that of the word which tells what its double holds, or -1. */
export interface Seat {
  readonly column: Column;
  readonly at: number;
  readonly tag: number;
}

/** The frame of one function. */
export interface SharedFrame {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly seats: ReadonlyMap<Word, Seat>;
  readonly shapes: ReadonlyMap<Slot, Shape>;
  /** Number of its code in the whole program. */
  readonly code: number;
  /** Words of it and all that it can wait for. */
  readonly words: number;
  /** Where the rest begins: callees, and the records of a select. */
  readonly rest: number;
  /** Where the frame of `callee` begins, or the region of one that is an arm. */
  placeOf(callee: Callee): number;
  /** As {@link code}, of another function. */
  codeOf(fn: AsyncFunction): number;
  /** The number of a select, or of a named future, in the whole program; where the record of the latter begins. */
  raceId(race: number): number;
  futureId(slot: Slot): number;
  futureAt(slot: Slot): number;
}

/** The part of a frame that its own function alone decides. */
interface OwnPart {
  readonly layout: Layout;
  readonly seats: ReadonlyMap<Word, Seat>;
  readonly shapes: ReadonlyMap<Slot, Shape>;
  readonly futuresAt: number;
  readonly generatorsAt: number;
}

/** The frames of `graphs`, which are all shared, by their function. */
export function sharedFrames(program: Program, graphs: readonly Graph[]): Map<AsyncFunction, SharedFrame> {
  const own = new Map(graphs.map((graph) => [graph.fn, ownPart(program, graph)]));
  const sizes = new Sizes(graphs, own);
  const codes = new Map(graphs.map((graph, code) => [graph.fn, code]));
  let numbers = 0;
  return new Map(
    graphs.map((graph, code) => {
      const part = own.get(graph.fn)!;
      const first = numbers;
      numbers += graph.races.length + graph.futures.length;
      const places = sizes.placesOf(graph);
      const futureIndex = (slot: Slot): number => graph.futures.indexOf(slot);
      const frame: SharedFrame = {
        graph,
        ...part,
        code,
        words: sizes.wordsOf(graph.fn),
        rest: sizes.restOf(graph),
        placeOf: (callee) => places.get(callee)!,
        codeOf: (fn) => codes.get(fn)!,
        raceId: (race) => first + race,
        futureId: (slot) => first + graph.races.length + futureIndex(slot),
        futureAt: (slot) => part.futuresAt + FUTURE_WORDS * futureIndex(slot),
      };
      return [graph.fn, frame];
    }),
  );
}

function ownPart(program: Program, graph: Graph): OwnPart {
  const stored = graph.slots.filter((slot) => !isFutureSlot(graph, slot));
  const held: Shape = { column: "kept", constants: [] };
  const shapes = new Map(stored.map((slot) => [slot, slotShape(program, graph, slot) ?? held]));
  const columnIn = (slot: Slot): Column | undefined => shapes.get(slot)?.column;
  const layout = layoutOf(graph, livenessOf(graph), {
    entries: "polls",
    mayShare: (a, b) => columnIn(a) === columnIn(b),
  });
  const seats = new Map<Word, Seat>();
  const isWide = (column: Column): boolean => column === "double" || column === "either" || column === "kept";
  const words = layout.words.filter((word) => shapes.has(word.slots[0]!));
  const columns = new Map(words.map((word) => [word, columnIn(word.slots[0]!)!]));
  let next = FRAME_WORDS;
  const tags = new Map<Word, number>();
  for (const [word, column] of columns) {
    if (!isWide(column)) seats.set(word, { column, at: next++, tag: -1 });
    else if (column !== "double") tags.set(word, next++);
  }
  next += next & 1;
  for (const [word, column] of columns) {
    if (!isWide(column)) continue;
    seats.set(word, { column, at: next, tag: tags.get(word) ?? -1 });
    next += 2;
  }
  const generatorsAt = next + FUTURE_WORDS * graph.futures.length;
  return { layout, seats, shapes, futuresAt: next, generatorsAt };
}

/** Sizes that depend on each other: a frame has room for what its function awaits. */
class Sizes {
  private readonly known = new Map<AsyncFunction, number>();
  private readonly byFunction: ReadonlyMap<AsyncFunction, Graph>;

  constructor(
    graphs: readonly Graph[],
    private readonly own: ReadonlyMap<AsyncFunction, OwnPart>,
  ) {
    this.byFunction = new Map(graphs.map((graph) => [graph.fn, graph]));
  }

  /** Words of a call of `fn`, with all that it awaits. */
  wordsOf(fn: AsyncFunction): number {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    const members =
      fn.cycle === null ? [fn] : [...this.byFunction.keys()].filter((each) => each.cycle === fn.cycle);
    // Of functions that await each other, each can be there as often as it has levels; the last one awaits another.
    const frames = members.map((each) => Math.max(1, each.depth) * this.restOf(this.byFunction.get(each)!));
    const rests = members.map((each) => this.outsideOf(this.byFunction.get(each)!, members));
    const words = frames.reduce((sum, each) => sum + each, 0) + Math.max(...rests);
    this.known.set(fn, words);
    return words;
  }

  /** Where the rest of a frame begins. */
  restOf(graph: Graph): number {
    const generators = this.generatorsOf(graph).map((each) => this.wordsOf(each.fn));
    return this.own.get(graph.fn)!.generatorsAt + generators.reduce((sum, each) => sum + each, 0);
  }

  /** Words that a function takes behind its frame for what it awaits, but for `members` of its cycle. */
  private outsideOf(graph: Graph, members: readonly AsyncFunction[]): number {
    const calls = graph.callees.filter((each) => this.isCall(each) && !members.includes(each.fn));
    return Math.max(this.armsEnd(graph), ...calls.map((each) => this.wordsOf(each.fn)));
  }

  /** Where frames and regions of callees begin. */
  placesOf(graph: Graph): ReadonlyMap<Callee, number> {
    const rest = this.restOf(graph);
    const places = new Map(graph.callees.map((callee) => [callee, rest]));
    let generatorAt = this.own.get(graph.fn)!.generatorsAt;
    for (const callee of this.generatorsOf(graph)) {
      places.set(callee, generatorAt);
      generatorAt += this.wordsOf(callee.fn);
    }
    let armAt = rest + recordWords(graph.races);
    for (const callee of graph.callees.filter((each) => each.isStrand)) {
      places.set(callee, armAt);
      armAt += STRAND_WORDS + this.wordsOf(callee.fn);
    }
    return places;
  }

  private armsEnd(graph: Graph): number {
    const arms = graph.callees.filter((each) => each.isStrand);
    return arms.reduce((sum, each) => sum + STRAND_WORDS + this.wordsOf(each.fn), recordWords(graph.races));
  }

  private isCall(callee: Callee): boolean {
    return !callee.isStrand && !isGenerator(this.byFunction.get(callee.fn)!);
  }

  private generatorsOf(graph: Graph): Callee[] {
    return graph.callees.filter((each) => isGenerator(this.byFunction.get(each.fn)!));
  }
}

/** Words for the records of the arms of one of `races`. */
function recordWords(races: readonly Race[]): number {
  if (races.length === 0) return 0;
  return WINNER_WORDS + RECORD_WORDS * Math.max(...races.map((race) => race.kinds.length));
}

/** What the runtime must know of a select of `frame`: core/shared/parts.ts has the same fields. */
export function raceFacts(frame: SharedFrame, race: Race): object {
  const { names, kinds, strands } = race;
  const regions = strands.map((callee) => (callee === null ? 0 : frame.placeOf(callee)));
  return { names, kinds, at: frame.rest, regions: kinds.includes(STRAND) ? regions : [] };
}
