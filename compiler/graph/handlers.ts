/**
 * Handlers that nothing can reach: a line that sets one is dropped where another line does so before anything can
 * throw, be cancelled or leave the function.
 *
 *   try {            $t.handler_ = $1;      dead: the next line sets another
 *     try {          $t.handler_ = $2;
 *       f();         f();                   may throw: the handler in force is needed
 */
import { successors, type Block } from "./ir.js";

/** Drops such lines from all that control can get to from `entry`. */
export function dropDeadHandlers(entry: Block): void {
  const blocks = reachable(entry);
  const needing = new Set<Block>();
  for (let before = -1; before < needing.size;) {
    before = needing.size;
    for (const block of blocks) if (needs(block, needing)) needing.add(block);
  }
  for (const block of blocks) dropDead(block, needing);
}

/** Whether the handler in force at the start of `block` may be used before another one is set. */
function needs(block: Block, needing: ReadonlySet<Block>): boolean {
  const first = block.lines[0];
  return first === undefined ? needsAtEnd(block, needing) : typeof first === "string";
}

function needsAtEnd({ end }: Block, needing: ReadonlySet<Block>): boolean {
  return end.kind !== "goto" || needing.has(end.to);
}

function dropDead(block: Block, needing: ReadonlySet<Block>): void {
  let isNeeded = needsAtEnd(block, needing);
  for (let i = block.lines.length - 1; i >= 0; i--) {
    const isHandler = typeof block.lines[i] !== "string";
    if (isHandler && !isNeeded) block.lines.splice(i, 1);
    isNeeded = !isHandler;
  }
}

function reachable(entry: Block): Set<Block> {
  const blocks = new Set([entry]);
  for (const block of blocks) {
    for (const line of block.lines) if (typeof line !== "string" && line.handler) blocks.add(line.handler);
    for (const next of successors(block)) blocks.add(next);
  }
  return blocks;
}
