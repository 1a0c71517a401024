/** What a program may ask about tasks that ended by a throw. */
import { faultLog } from "../task.js";
import { KEPT, type Fault, type FaultHook } from "./fault-log.js";

/** Faults since the start, also those that were handled. @throws E202 when no executor runs */
export function faultCount(): number {
  return faultLog().count_;
}

/**
 * The last fault, or the one that is `back` faults older; the last eight are kept. Undefined where there is none.
 *
 * Cost: O(1); allocates nothing: read the record before eight more faults.
 * @throws E202 when no executor runs
 */
export function lastFault(back?: number): Fault | undefined {
  const { count_, records_ } = faultLog();
  const i = count_ - 1 - (back === undefined ? 0 : back);
  return i >= 0 && i < count_ && i >= count_ - KEPT ? records_[i % KEPT] : undefined;
}

/**
 * Sets who is told, once, of each task that ends by a throw that nobody joins; in the place of the target, which writes a
 * line. It runs between two polls, and may spawn and cancel. What it throws itself is told to the target.
 *
 * @throws E202 when no executor runs
 */
export function onUnhandledFault(hook: FaultHook | null): void {
  faultLog().hook_ = hook;
}
