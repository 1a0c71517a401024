import { now } from "../clock.js";
import { checked } from "../sync/count.js";
import type { Instant, Ticks } from "../types.js";
import { checkPauses, type Pauses } from "./pauses.js";

/** How `retry` tries. */
export interface RetryOptions extends Pauses {
  /** Tries in all; default without end. */
  readonly attempts?: number;
  /** Whether another try may help after `error`; default always. */
  readonly when?: (error: unknown, attempt: number) => boolean;
  /**
   * No try begins later than so long after the first one. One that is on then goes on: give `body` a `timeout`, or `retry` itself,
   * to end it.
   */
  readonly within?: Ticks;
}

/** @throws E184, E121 */
export function checkTries(options: RetryOptions): void {
  checkPauses("retry", options);
  if (options.attempts !== undefined) checked(options.attempts, "retry", "number of attempts");
}

/** Whether there is a try after number `attempt`, which threw `error`, and a pause. The first one began at `start`. */
export function triesAgain(
  { attempts, when, within }: RetryOptions,
  error: unknown,
  attempt: number,
  start: Instant,
  pause: Ticks,
): boolean {
  if (attempts !== undefined && attempt >= attempts) return false;
  if (within !== undefined && ((now() - start) | 0) + pause > within) return false;
  return when === undefined || when(error, attempt);
}
