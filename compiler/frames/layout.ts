/**
 * Pass 5: where each slot lives.
 *
 *   read at an entry, or after one before it is written   -> a word of the frame
 *   any other                                             -> a local of the code between entries, gone with it
 *
 * Entries are where generated code begins to run: on hosts the points at which a poll can begin, on boards every state,
 * since each is a function. Slots that are never alive together can have one word, which has both names:
 *
 *   const raw = await read();   raw   |.....|          raw is last read where mean is written: word `raw$mean`
 *   const mean = raw / 4;       mean        |.......|
 */
import { isSuspension, successors, type Block, type Graph, type Slot } from "../graph/ir.js";
import { type Liveness } from "./liveness.js";

/** A piece of the frame, for one slot or several in turn. */
export interface Word {
  readonly name: string;
  readonly slots: readonly Slot[];
}

/** Where the slots of one function live. */
export interface Layout {
  readonly words: readonly Word[];
  /** The word of `slot`; undefined where it is a local. */
  wordOf(slot: Slot): Word | undefined;
  /** The word that a call gives the parameter `slot`; undefined where nobody reads it: its word may be that of another. */
  givenWordOf(slot: Slot): Word | undefined;
}

/** What differs between back ends. */
export interface LayoutRules {
  readonly entries: "polls" | "states";
  /** Whether two slots that are never alive together can have one word. */
  readonly mayShare: (a: Slot, b: Slot) => boolean;
}

/** Decides where the slots of `graph` live. */
export function layoutOf(graph: Graph, liveness: Liveness, rules: LayoutRules): Layout {
  const kept = new Set<number>();
  const entries = rules.entries === "states" ? graph.states : pollEntries(graph, liveness.blocks);
  for (const entry of entries) for (const id of liveness.before(entry)) kept.add(id);
  const conflicts = conflictsOf(graph, liveness);
  const words: Slot[][] = [];
  for (const slot of graph.slots.filter((each) => kept.has(each.id))) {
    const fits = (other: Slot): boolean => !conflicts[slot.id]!.has(other.id) && rules.mayShare(slot, other);
    const word = words.find((each) => each.every(fits));
    if (word === undefined) words.push([slot]);
    else word.push(slot);
  }
  const named = words.map((slots): Word => ({ name: nameOf(slots), slots }));
  const bySlot = new Map(named.flatMap((word) => word.slots.map((slot) => [slot, word] as const)));
  const atStart = liveness.before(graph.states[0]!);
  return {
    words: named,
    wordOf: (slot) => bySlot.get(slot),
    givenWordOf: (slot) => (atStart.has(slot.id) ? bySlot.get(slot) : undefined),
  };
}

/** Where a poll can begin: at the start, where a suspension resumes, and at a handler. */
function pollEntries(graph: Graph, blocks: readonly Block[]): Set<Block> {
  const entries = new Set([graph.states[0]!]);
  for (const block of blocks) {
    for (const line of block.lines) if (typeof line !== "string" && line.handler) entries.add(line.handler);
    if (isSuspension(block.end)) for (const next of successors(block)) entries.add(next);
  }
  return entries;
}

/** By slot, the slots that hold something while it is written: they need storage of their own. */
function conflictsOf(graph: Graph, liveness: Liveness): Set<number>[] {
  const conflicts = graph.slots.map(() => new Set<number>());
  const conflict = (a: number, b: number): void => {
    if (a === b) return;
    conflicts[a]!.add(b);
    conflicts[b]!.add(a);
  };
  liveness.eachWrite(({ writes, reads, isLast }, after) => {
    for (const written of writes) {
      for (const id of after) conflict(written, id);
      if (!isLast) for (const id of reads) conflict(written, id);
    }
  });
  const atStart = [...liveness.before(graph.states[0]!)];
  for (const a of atStart) for (const b of atStart) conflict(a, b);
  return conflicts;
}

/** A word for several has a name that no one slot has: the author's may stand for something else in a copied block. */
function nameOf(slots: readonly Slot[]): string {
  if (slots.length === 1) return slots[0]!.name;
  const own = slots.map((slot) => slot.name).filter((name) => !name.startsWith("$"));
  return own.length === 0 ? slots[0]!.name : own.length === 1 ? `${own[0]}$` : own.join("$");
}
