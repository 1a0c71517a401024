/** The timer of a primitive: it rings for whoever waits there, and not for one operation. */
import { IDLE, PENDING, makeOp, type Op } from "../op.js";
import { clockOf, startTimer, stopTimer } from "../scheduler.js";
import type { Instant } from "../types.js";

export class Alarm {
  private readonly op_: Op = makeOp(null as never);

  /** `ring` is called when time is up, with an operation whose `source_` is `source`. */
  constructor(source: unknown, ring: (op: Op) => void) {
    this.op_.source_ = source;
    this.op_.done_ = ring;
  }

  /** Goes by the clock of whoever waits for `op`. */
  use_(op: Op): void {
    this.op_.strand_ = op.strand_;
  }

  /** Whether it was told whose clock to go by. */
  get hasClock_(): boolean {
    return this.op_.strand_ !== null;
  }

  now_(): Instant {
    return clockOf(this.op_);
  }

  /** Whether it is to ring. */
  get isSet_(): boolean {
    return this.op_.state_ === PENDING;
  }

  /** Has it ring in `delay` ticks; not while it is set. */
  set_(delay: number): void {
    this.op_.state_ = PENDING;
    startTimer(this.op_, delay);
  }

  /** Has it not ring. */
  stop_(): void {
    if (!this.isSet_) return;
    this.op_.state_ = IDLE;
    stopTimer(this.op_, PENDING);
  }
}
