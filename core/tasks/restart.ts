import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { nameOf, strandOf } from "../task.js";
import type { Task } from "../arena.js";
import { bondOf } from "./bonds.js";
import { beginAgain, checkOwn, endTask, isOver, nameOfStrand, unlist } from "./port.js";

/**
 * Begins a task again: it is cancelled, and once its cleanup is over its function is called anew. It stays the same task:
 * its handle, those who join it, and its group. One that is over already begins at once, while its slot was not used again.
 *
 * Without arguments it has those that it was started with, which kinds with `restartable: true` keep.
 * Cost: O(1); of one that is over O(free slots of the kind).
 * @throws E136 when it is stale, or when nothing keeps its arguments; E452 when it is shared by threads
 */
export function restart<A extends readonly unknown[]>(
  task: Task<unknown, A>,
  ...args: A | readonly []
): void {
  const strand = strandOf(task);
  if (strand === null) {
    const text = "task " + task + " is over, and a later one has its slot. Spawn it";
    fail("E136", nameOf(task), DEV && text);
  }
  checkOwn(strand, "restart");
  const bond = bondOf(strand);
  if (args.length > 0) bond.args_ = args;
  else if (bond.args_ === null) {
    const text =
      "nothing keeps its arguments. Write task(..., { restartable: true }), or restart(task, ...) with all";
    fail("E136", nameOfStrand(strand), DEV && text);
  }
  if (isOver(strand)) {
    unlist(strand);
    beginAgain(strand, bond.args_, 0);
  } else {
    endTask(strand);
    bond.isAgain_ = true;
  }
}
