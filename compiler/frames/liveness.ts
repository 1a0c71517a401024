/**
 * Pass 4: which slots hold a value that is still read, and so what a frame must keep over each suspension.
 *
 *                      before a line  =  (after it, without what it writes) and what it reads
 *                                        and all that the handler in force needs: any line may throw
 *
 *   let n = 0;         {}                            Backwards from the ends, again and again until nothing is new.
 *   loop: n++;         {n}                           A suspension keeps what its resume point needs, and the handler:
 *   await f(n);        {n}    over it: {n}           that is where a cancel goes.
 *   goto loop
 */
import {
  isSuspension,
  successors,
  type Block,
  type Graph,
  type RaceLine,
  type Slot,
  type Terminator,
} from "../graph/ir.js";
import { accessOf, type Access } from "../graph/marks.js";

type Live = ReadonlySet<number>;

type Visit = (access: Access, after: Live) => void;

/** What is live in one graph. */
export interface Liveness {
  /** Slots that are read after the start of `block`, before they are written. */
  before(block: Block): Live;
  /** Calls `visit` for each line that writes, with what is live after it. */
  eachWrite(visit: Visit): void;
  /** Slots that must outlive the suspension at the end of `block`; none where it does not suspend. */
  over(block: Block): Live;
  /** Every block, in no order that matters. */
  readonly blocks: readonly Block[];
}

/** One step of a block: a line, or a part of its end. */
interface Step {
  readonly access: Access;
  readonly handler: Block | null;
}

const NOTHING: Live = new Set();

/** Finds what is live in `graph`. */
export function livenessOf(graph: Pick<Graph, "states">): Liveness {
  const steps = stepsOf(graph.states[0]!);
  const blocks = [...steps.keys()].reverse();
  const live = new Map<Block, Live>();
  const before = (block: Block | null): Live => (block === null ? NOTHING : (live.get(block) ?? NOTHING));
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const block of blocks) {
      const now = walk(block, steps.get(block)!, before);
      if (now.size === before(block).size) continue;
      live.set(block, now);
      isNew = true;
    }
  }
  return {
    before,
    blocks,
    eachWrite(visit) {
      for (const block of blocks) walk(block, steps.get(block)!, before, visit);
    },
    over(block) {
      return isSuspension(block.end) ? afterLast(block, steps.get(block)!, before) : NOTHING;
    },
  };
}

/** The slots of `graph` in `live`. */
export function slotsOf(graph: Pick<Graph, "slots">, live: Live): Slot[] {
  return graph.slots.filter((slot) => live.has(slot.id));
}

function afterLast(block: Block, steps: readonly Step[], before: (block: Block | null) => Live): Set<number> {
  const live = new Set<number>();
  for (const next of successors(block)) addAll(live, before(next));
  addAll(live, before(steps.at(-1)!.handler));
  return live;
}

/** What is live before `block`, from its end to its start. */
function walk(
  block: Block,
  steps: readonly Step[],
  before: (block: Block | null) => Live,
  visit?: Visit,
): Live {
  const live = afterLast(block, steps, before);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { access, handler } = steps[i]!;
    if (access.writes.length > 0) visit?.(access, live);
    for (const slot of access.writes) live.delete(slot);
    for (const slot of access.reads) live.add(slot);
    addAll(live, before(handler));
  }
  return live;
}

function addAll(to: Set<number>, from: Live): void {
  for (const each of from) to.add(each);
}

/** The steps of each block that control can get to from `entry`, each with the handler that is in force there. */
function stepsOf(entry: Block): Map<Block, Step[]> {
  const steps = new Map<Block, Step[]>();
  const pending: { block: Block; handler: Block | null }[] = [{ block: entry, handler: null }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { block } = next;
    let { handler } = next;
    if (steps.has(block)) continue;
    const own: Step[] = [];
    steps.set(block, own);
    for (const line of block.lines) {
      if (typeof line === "string") own.push({ access: accessOf(line), handler });
      else {
        handler = line.handler;
        // A handler that is entered by a throw puts back the one outside before anything else.
        if (handler !== null) pending.push({ block: handler, handler: null });
      }
    }
    own.push({ access: accessOf(textsOf(block.end).join("\n")), handler });
    for (const to of successors(block).reverse()) pending.push({ block: to, handler });
  }
  return steps;
}

/** What the end of a block says. */
export function textsOf(end: Terminator): readonly string[] {
  switch (end.kind) {
    case "if":
      return [end.test];
    case "leaf":
      return [end.start];
    case "call":
      return end.args;
    case "race":
      return end.start.flatMap(textsOfLine);
    case "ask":
      return [end.object];
    case "yield":
      return [end.value];
    case "return":
      return [end.value ?? ""];
    case "unwind":
      return [end.how, end.value];
    default:
      return [];
  }
}

function textsOfLine(line: RaceLine): readonly string[] {
  if (typeof line === "string") return [line];
  return "test" in line ? [line.test, ...[...line.then, ...line.otherwise].flatMap(textsOfLine)] : line.args;
}
