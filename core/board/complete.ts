/**
 * How operations end in device builds that give up no future, in the place of core/complete.ts: each is that of a task,
 * and the task waits.
 */
import { AT_ONCE, VALUES } from "../features.js";
import { DONE, FAILED } from "../op-states.js";
import type { Op } from "../op.js";
import { wakeStrand } from "./scheduler.js";

/** See the library's. */
export function complete(op: Op, value?: unknown): void {
  if (AT_ONCE) op.state_ = DONE;
  if (VALUES) op.value_ = value;
  wakeStrand(op as never);
}

/** See the library's. */
export function completeWithError(op: Op, error: unknown): void {
  op.state_ = FAILED;
  op.value_ = error;
  wakeStrand(op as never);
}
