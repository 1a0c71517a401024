/**
 * Pass 6: which frames are made for several functions at once. A strand (a task, or a call that is an arm) never needs
 * two frames of one function, since each function waits for those that it called:
 *
 *   strand of main:   main -> configure -> transfer       `transfer` has two callers there, and so is common: one frame,
 *                       +---> transfer                    which learns at each call who awaits it
 *   strand of read:   read -> transfer                    another strand, another frame
 *
 * A function with one caller is made by that one, and knows it for good. So is a generator by each loop that goes over
 * it, since it keeps its frame while it waits for the next round. One that is an object has all of its frames for itself,
 * as if it were a strand: two of them may be in the middle of the same function.
 */
import type { AsyncFunction } from "../find/find-tasks.js";
import { isGenerator, type Graph } from "../graph/ir.js";

/** Fills in `isCommon` and `hasCommon` of the functions of `graphs`. */
export function findCommon(graphs: readonly Graph[]): void {
  const byFunction = new Map(graphs.map((graph) => [graph.fn, graph]));
  const roots = graphs.filter(({ fn }) => fn.pool > 0 || fn.isArm || fn.isMade);
  const strands = roots.map((root) => ({ root, callers: callersIn(root, byFunction) }));
  for (const { fn } of graphs) if (fn.depth > 0) fn.isCommon = true;
  for (const { callers } of strands) for (const [fn, count] of callers) if (count > 1) fn.isCommon = true;
  for (const { root, callers } of strands)
    root.fn.hasCommon = [root.fn, ...callers.keys()].some((fn) => fn.isCommon);
}

/** How many functions of the strand of `root` await each one. */
function callersIn(
  root: Graph,
  byFunction: ReadonlyMap<AsyncFunction, Graph>,
): ReadonlyMap<AsyncFunction, number> {
  const counts = new Map<AsyncFunction, number>();
  const pending = [root];
  for (let graph = pending.pop(); graph !== undefined; graph = pending.pop()) {
    for (const { fn, isStrand } of graph.callees) {
      if (isStrand) continue;
      const callee = byFunction.get(fn)!;
      const count = counts.get(fn) ?? 0;
      if (isGenerator(callee)) pending.push(callee);
      else {
        // Each level of a function that awaits itself has a frame, and awaits the same others.
        counts.set(fn, count + (graph.fn.depth > 0 ? 2 : 1));
        if (count === 0) pending.push(callee);
      }
    }
  }
  return counts;
}
