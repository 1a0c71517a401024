/** How leaf futures start. */
import { IDLE, PENDING, drop, type Op } from "./op.js";
import { operation } from "./scheduler.js";

/**
 * Starts an operation of the running task: the first line of every leaf future.
 *
 * Cost: O(1), allocates nothing in compiled tasks.
 * @throws E201 outside a task
 */
export function begin(
  source: unknown,
  drop_: (op: Op, state: number) => void,
  claim_: ((op: Op) => unknown) | null,
): Op {
  const op = operation();
  if (op.state_ !== IDLE) drop(op);
  op.state_ = PENDING;
  op.source_ = source;
  op.drop_ = drop_;
  op.claim_ = claim_;
  op.final_ = false;
  return op;
}
