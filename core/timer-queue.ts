/**
 * Timers: pending operations sorted by deadline, linked through themselves; equal deadlines in the order made.
 *
 *   first_ -> 500 <-> 500 <-> 1200 <-> ...      rest_: ticks beyond a deadline that is only a hop
 *
 * Clocks are int32 ticks that wrap: `a` is before `b` when `(a - b) | 0` is negative, which is right while they
 * lie within 2^31 of each other. Hence hops of at most {@link HOP}; a longer delay is re-filed at each hop.
 * Cost: insertion O(timers that are due earlier), counted from the end that is nearer in practice (the last);
 * cancel and next deadline O(1). Allocates nothing.
 */
import { ANY_DELAY } from "./features.js";
import { complete, type Op } from "./op.js";
import type { Instant } from "./types.js";

/** The longest span that one filing covers, in ticks. */
export const HOP = 0x40000000;

export class TimerQueue {
  private first_: Op | null = null;
  private last_: Op | null = null;

  /** Whether no timer runs. */
  get isEmpty(): boolean {
    return this.first_ === null;
  }

  /** The deadline to wake up for. Only while not empty. */
  get deadline(): Instant {
    return this.first_!.at_ as Instant;
  }

  /** Files `op` to be completed `delay` ticks after `now`, one tick at least: time must pass, or others would starve. */
  start(op: Op, now: Instant, delay: number): void {
    const hop = ANY_DELAY ? (delay < HOP ? (delay > 1 ? Math.ceil(delay) : 1) : HOP) : delay;
    op.at_ = (now + hop) | 0;
    if (ANY_DELAY) op.rest_ = delay < HOP ? 0 : delay - hop;
    let before = this.last_;
    while (before !== null && ((before.at_ - op.at_) | 0) > 0) before = before.prev_;
    this.link_(op, before);
  }

  /** Takes `op`, which must be filed, out. */
  stop(op: Op): void {
    if (op.prev_ === null) this.first_ = op.next_;
    else op.prev_.next_ = op.next_;
    if (op.next_ === null) this.last_ = op.prev_;
    else op.next_.prev_ = op.prev_;
    op.next_ = op.prev_ = null;
  }

  /** Completes every operation whose deadline is not after `now`. */
  fire(now: Instant): void {
    for (let op = this.first_; op !== null && ((op.at_ - now) | 0) <= 0; op = this.first_) {
      this.stop(op);
      if (ANY_DELAY && (op.rest_ as number) > 0) this.start(op, op.at_ as Instant, op.rest_ as number);
      else complete(op);
    }
  }

  private link_(op: Op, before: Op | null): void {
    op.prev_ = before;
    op.next_ = before === null ? this.first_ : before.next_;
    if (op.next_ === null) this.last_ = op;
    else op.next_.prev_ = op;
    if (before === null) this.first_ = op;
    else before.next_ = op;
  }
}
