/**
 * Timers in device builds, for engines with one alarm: operations that wait for time, linked from the first to be due;
 * equal deadlines in the order made. Ticks wrap, and a long delay goes in hops: as at core/timer-wheel.ts.
 *
 * Cost: start and stop O(timers due earlier), of which a board has a few. Allocates nothing.
 */
import { ANY_DELAY } from "../features.js";
import { complete, type Op } from "../op.js";
import type { Instant } from "../types.js";

/** The longest span that one filing covers, in ticks. */
const HOP = 1073741824;

/** Its link leads to the first one. */
export const head = { next_: null } as Op;

/** Files `op` to be completed `delay` ticks after `now`, one tick at least. */
export function file(op: Op, now: Instant, delay: number): void {
  const hop = ANY_DELAY ? (delay < HOP ? (delay > 1 ? Math.ceil(delay) : 1) : HOP) : delay;
  op.at_ = (now + hop) | 0;
  if (ANY_DELAY) op.rest_ = delay - hop;
  let each = head;
  while (each.next_ && ((each.next_.at_ - op.at_) | 0) <= 0) each = each.next_;
  op.next_ = each.next_;
  each.next_ = op;
}

/** Takes `op`, which must be filed, out. */
export function unfile(op: Op): void {
  let each = head;
  while (each.next_ !== op) each = each.next_!;
  each.next_ = op.next_;
}

/** Completes every operation whose deadline is not after `now`; the ticks until the next one, 0 where there is none. */
export function fire(now: Instant): number {
  for (let op; (op = head.next_);) {
    const left = (op.at_ - now) | 0;
    if (left > 0) return left;
    head.next_ = op.next_;
    if (ANY_DELAY && (op.rest_ as number) > 0) file(op, op.at_ as Instant, op.rest_ as number);
    else complete(op);
  }
  return 0;
}
