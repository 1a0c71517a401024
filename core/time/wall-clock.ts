import { wallTime } from "../clock.js";
import { begin } from "../leaf.js";
import { DONE } from "../op-states.js";
import { complete, type Op } from "../op.js";
import { insert, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import type { Future } from "../types.js";
import { Alarm } from "./alarm.js";

/** The longest sleep, in ms: the engine's own clock may be set meanwhile, by people or a time server, and tells nobody. */
const RECHECK = 60_000;

/**
 * The time of day, which may step: `now` is milliseconds since 1970 by the engine's `Date`, corrected by what `set` was
 * told. For spans and periods use `now()` of the library, which never steps.
 *
 * Layout: who waits, sorted by when; the alarm is set exactly while somebody does.
 *
 *   offset_ = what was set - the engine's time then          waiters_ -> 07:00 <-> 07:00 <-> 19:30
 *
 * Cost: `until` O(waiters that are due later), and a wake each minute; allocates nothing after construction
 * but what the engine takes for numbers of this size.
 * Interrupts: `set` may be called from anywhere, as when a time server answers.
 * Steps: forward, what was passed over is done at once; back, what waits goes on waiting. A step of the engine's own
 * clock is noticed within a minute.
 */
export class WallClock {
  private offset_ = 0;
  private readonly waiters_: WaitList = makeWaitList();
  private readonly alarm_ = new Alarm(this, ring);

  /** Milliseconds since 1970-01-01 UTC. */
  now(): number {
    return wallTime() + this.offset_;
  }

  /** Makes it `time`, in milliseconds since 1970. */
  set(time: number): void {
    this.offset_ += time - this.now();
    this.alarm_.stop_();
    this.serve_();
  }

  /** Waits until it is `time`, in milliseconds since 1970; done at once when that is not later than now. */
  until(time: number): Future<void> {
    const op = begin(this, dropUntil, null);
    op.rest_ = time;
    this.alarm_.use_(op);
    insert(this.waiters_, op, isLater);
    this.alarm_.stop_();
    this.serve_();
    return op as unknown as Future<void>;
  }

  /** @internal Completes what is due, and has the alarm ring for the next, or to look again. */
  serve_(): void {
    const time = this.now();
    for (let first = this.waiters_.head_; first !== null; first = this.waiters_.head_) {
      const wait = (first.rest_ as number) - time;
      if (wait > 0) {
        this.alarm_.set_(wait < RECHECK ? wait : RECHECK);
        return;
      }
      complete(shift(this.waiters_)!);
    }
  }

  /** @internal `op` waits no more. */
  leave_(op: Op): void {
    remove(this.waiters_, op);
    if (this.waiters_.head_ === null) this.alarm_.stop_();
  }
}

function isLater(waiting: Op, op: Op): boolean {
  return (waiting.rest_ as number) > (op.rest_ as number);
}

function ring(op: Op): void {
  (op.source_ as WallClock).serve_();
}

function dropUntil(op: Op, state: number): void {
  if (state !== DONE) (op.source_ as WallClock).leave_(op);
}
