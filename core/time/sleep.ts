import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { DONE, complete, keep, type Op } from "../op.js";
import { clockOf, running, startTimer, stopTimer, wakeStrand } from "../scheduler.js";
import type { Future, Instant, Ticks } from "../types.js";

/** `count` milliseconds. Fractions are rounded up when a timer is set; Espruino's timers keep them. */
export function ms(count: number): Ticks {
  return count as Ticks;
}

/** `count` seconds. */
export function s(count: number): Ticks {
  return (count * 1000) as Ticks;
}

/**
 * Waits for `delay`, counted from this call; one millisecond at least. To let others run, use {@link yieldNow}.
 *
 * Cost: O(timers due earlier) on hosts and XS, one engine timer on Espruino; allocates nothing on hosts and XS.
 * Cancel: the timer is taken back.
 * @throws E203 unless `delay` is a number
 */
export function sleep(delay: Ticks): Future<void> {
  if (DEV && !(delay <= Infinity))
    fail("E203", "sleep", DEV && String(delay) + " is no number of milliseconds");
  // Nobody looks at one that cannot be given up: it is never done at once, and has no value.
  // eslint-disable-next-line @typescript-eslint/no-confusing-void-expression -- so it is one expression to the minifier
  if (!DROPS) return startTimer(running as unknown as Op, delay) as never;
  const op = begin(null, stopTimer, null);
  startTimer(op, delay);
  return op as unknown as Future<void>;
}

/**
 * Waits until the clock (`now`) is at `at`; done at once when that is not later than now. What it waits does not add up:
 * `at = after(at, ms(20))` in a loop keeps the pace, whatever the rest of the loop takes.
 *
 * Cost and cancel: as {@link sleep}. `at` must lie within 2^31 ms, 24 days, of now.
 */
export function sleepUntil(at: Instant): Future<void> {
  const op = begin(null, DROPS && stopTimer, null);
  const delay = (at - clockOf(op)) | 0;
  if (delay > 0) startTimer(op, delay);
  else complete(op);
  return op as unknown as Future<void>;
}

/** The instant `span` after `at`, in whole milliseconds. `span` must be within 2^31 ms, 24 days. */
export function after(at: Instant, span: Ticks): Instant {
  return ((at + span) | 0) as Instant;
}

/** How long after `from` the instant `to` is; negative when it is before. They must lie within 24 days of each other. */
export function between(from: Instant, to: Instant): Ticks {
  return ((to - from) | 0) as Ticks;
}

/** The `source_` of a yield, by which uncompiled code knows that it must suspend. */
export const YIELD = {};

/** Lets every other ready task run once before it goes on. */
export function yieldNow(): Future<void> {
  const op: Op = begin(YIELD, keep, null);
  op.state_ = DONE;
  // An arm of a select is done at once; a task that awaits it is polled again.
  if ((op.strand_ as Op) === op) wakeStrand(op.strand_);
  return op as unknown as Future<void>;
}
