/** Operations without tasks: leaf futures that a test starts, completes and takes by hand. */
import { makeOp, type Op } from "../../core/op.js";
import { aim } from "../../core/scheduler.js";

/** Makes an operation, and has the leaf future that `start` makes use it. `done` is told when it completes. */
export function startedBy(start: () => unknown, done: ((op: Op) => void) | null = null): Op {
  const op = makeOp(null as never);
  op.done_ = done;
  restart(op, start);
  return op;
}

/** Has the leaf future that `start` makes use `op`. */
export function restart(op: Op, start: () => unknown): void {
  aim(op);
  start();
}
