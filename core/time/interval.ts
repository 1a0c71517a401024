import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { complete, type Op } from "../op.js";
import { clockOf, startTimer, stopTimer } from "../scheduler.js";
import type { Future, Instant, Ticks } from "../types.js";
import { periodOf } from "./period.js";

/**
 * What an {@link Interval} does after its reader was late, say by two and a half periods:
 *
 *   due      |     |     |     |     |     |
 *   burst    x                 xxx   x     x     all that were missed follow at once; the pace is kept
 *   skip     x               x       x     x     one at once, then the next that is due; the pace is kept
 *   delay    x               x     x     x       one at once, and the next a whole period after it
 */
export type Missed = "burst" | "skip" | "delay";

/**
 * Ticks with a fixed period, the first one a period after the first call of `tick`. Unlike a loop with `sleep`, it does
 * not drift by what the loop takes.
 *
 * Layout: the instant of the next tick, on the clock of int32. A tick that is more than a period away is one that
 * is overdue, by up to 49 days.
 * Cost: that of a sleep; nothing for a tick that is due. Allocates nothing after construction.
 * Cancel: a dropped `tick` takes none: the next call gives it.
 * One task reads it; of two, each tick goes to one.
 */
export class Interval {
  private readonly period_: number;
  private next_ = 0;
  private isStarted_ = false;

  /** @throws E170 unless `period` is whole milliseconds from 1 to 2^30 */
  constructor(
    period: Ticks,
    private readonly missed_: Missed = "burst",
  ) {
    this.period_ = periodOf("interval", period);
  }

  /** Waits for the next tick; how many periods it comes late, 0 for a reader that keeps up. */
  tick(): Future<number> {
    const op = begin(this, DROPS && stopTimer, claimTick);
    const time = clockOf(op);
    if (!this.isStarted_) this.restart_(time);
    const wait = (this.next_ - time) | 0;
    if (wait > 0 && wait <= this.period_) startTimer(op, wait);
    else complete(op);
    return op as unknown as Future<number>;
  }

  /** Begins anew: the next tick comes a period after the next call of `tick`. */
  reset(): void {
    this.isStarted_ = false;
  }

  /** @internal Takes the tick that is due at `time`, or before. */
  claim_(time: Instant): number {
    const missed = this.periodsIn_((time - this.next_) | 0);
    if (this.missed_ === "delay") this.restart_(time);
    else this.next_ = (this.next_ + this.period_ * (this.missed_ === "skip" ? missed + 1 : 1)) | 0;
    return missed;
  }

  /** Whole periods in `late`; negative is beyond 2^31. Numbers with fractions would be allocated. */
  private periodsIn_(late: number): number {
    const whole = late < 0 ? late + 0x100000000 : late;
    return whole < this.period_ ? 0 : (whole - (whole % this.period_)) / this.period_;
  }

  private restart_(time: Instant): void {
    this.isStarted_ = true;
    this.next_ = (time + this.period_) | 0;
  }
}

function claimTick(op: Op): number {
  return (op.source_ as Interval).claim_(clockOf(op));
}
