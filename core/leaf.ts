/** How leaf futures start. */
import { AT_ONCE, DROPS, RACES, VALUES } from "./features.js";
import { IDLE, PENDING, drop, keep, type Op } from "./op.js";
import { operation, running } from "./scheduler.js";

/**
 * Starts an operation of the running task: the first line of every leaf future. `drop_` false stands for nothing to
 * do, as where no future is ever given up.
 *
 * Cost: O(1), allocates nothing in compiled tasks.
 * @throws E201 outside a task
 */
export function begin(
  source: unknown,
  drop_: ((op: Op, state: number) => void) | false,
  claim_: ((op: Op) => unknown) | null,
): Op {
  const op = RACES ? operation() : (running as unknown as Op);
  if (DROPS && op.state_ !== IDLE) drop(op);
  if (DROPS || AT_ONCE) op.state_ = PENDING;
  if (DROPS || VALUES) {
    op.source_ = source;
    op.claim_ = claim_;
  }
  if (DROPS) op.drop_ = drop_ || keep;
  return op;
}
