/** How operations end: what their sources call. */
import { AT_ONCE, DROPS, RACES, VALUES } from "./features.js";
import { DONE, FAILED } from "./op-states.js";
import type { Op } from "./op.js";

/** The source is done: keeps `value` and wakes the waiter, if there is one. */
export function complete(op: Op, value?: unknown): void {
  if (DROPS || AT_ONCE) op.state_ = DONE;
  if (VALUES) op.value_ = value;
  // Only what is in a race, or has a name, has nobody at times.
  if (!RACES || op.done_ !== null) op.done_!(op);
}

/** As {@link complete}, but whoever takes the value gets `error` thrown. */
export function completeWithError(op: Op, error: unknown): void {
  op.state_ = FAILED;
  op.value_ = error;
  if (op.done_ !== null) op.done_(op);
}
