/**
 * Lists and buffers are let go of where their last use is: a frame lives as long as the program, and would keep them.
 *
 *   const samples = await sample();      samples
 *   const mean = meanOf(samples);        samples    last use
 *   $samples = undefined                            this line is added: the wait keeps nothing
 *   await sleep(s(60));
 */
import { isSuspension, makeBlock, type Block, type Line, type Slot } from "../graph/ir.js";
import { livenessOf, textsOf, type Liveness } from "./liveness.js";
import { accessOf, marks, setMark } from "../graph/marks.js";

/** Adds those lines to the graph that starts at `entry`; `isLarge` says which slots they are for. */
export function releaseLarge(
  entry: Block,
  slots: readonly Slot[],
  isLarge: (slot: Slot) => boolean,
  temporary: () => Slot,
): void {
  const candidates = slots.filter((slot) => !slot.isBoxed && isLarge(slot));
  if (candidates.length === 0) return;
  const liveness = livenessOf({ states: [entry] });
  const kept = new Set(liveness.before(entry));
  for (const block of liveness.blocks) for (const id of liveness.over(block)) kept.add(id);
  // All is asked before the first line changes the graph.
  const releases = liveness.blocks.flatMap((block) =>
    candidates
      .filter((slot) => kept.has(slot.id) && holds(block, slot, liveness))
      .map((slot) => releaseOf(block, slot, liveness, temporary)),
  );
  for (const release of releases) release();
}

/** Whether `slot` has a value somewhere in `block`. */
function holds(block: Block, slot: Slot, liveness: Liveness): boolean {
  const writes = (line: Line): boolean => typeof line === "string" && accessOf(line).writes.includes(slot.id);
  return liveness.before(block).has(slot.id) || block.lines.some(writes);
}

/** Lets go of `slot`, which `block` has, where nothing after it needs it. */
function releaseOf(block: Block, slot: Slot, liveness: Liveness, temporary: () => Slot): () => void {
  const line = `${setMark(slot)} = undefined;`;
  const isDead = (at: Block): boolean => !liveness.before(at).has(slot.id);
  const { end } = block;
  const isRead = accessOf(textsOf(end).join("\n")).reads.includes(slot.id);
  if (isSuspension(end) && liveness.over(block).has(slot.id)) return nothing;
  if (end.kind === "if") {
    const [isThenDead, isOtherwiseDead] = [isDead(end.then), isDead(end.otherwise)];
    return () => {
      const now = block.end as typeof end;
      const then = isThenDead ? through(line, now.then) : now.then;
      const otherwise = isOtherwiseDead ? through(line, now.otherwise) : now.otherwise;
      block.end = { ...now, then, otherwise };
    };
  }
  if (end.kind === "return" && isRead) {
    return () => {
      const { value } = block.end as typeof end;
      const result = temporary();
      block.lines.push(`${setMark(result)} = ${value};`, line);
      block.end = { kind: "return", value: marks.slot(result) };
    };
  }
  if (end.kind === "goto" && !isDead(end.to)) return nothing;
  if (!isRead && end.kind !== "end" && end.kind !== "unwind") return () => void block.lines.push(line);
  return isSuspension(end) ? () => void end.next.lines.unshift(line) : nothing;
}

function nothing(): void {
  // it is needed, or gone with the function
}

/** A block that lets go on the way to `to`. */
function through(line: string, to: Block): Block {
  return { ...makeBlock(), lines: [line], end: { kind: "goto", to } };
}
