import { now } from "../clock.js";
import type { Instant, Ticks } from "../types.js";

/** A part of the program that must complete a round again and again; see {@link Watchdog}. */
export class Deadline {
  /** @internal */ next_: Deadline | null = null;
  /** @internal */ since_: Instant;
  /** @internal */ isMissed_ = false;

  /** @internal */
  constructor(
    /** What `onMiss` is told. */
    readonly name: string,
    /** How long a round takes at most. */
    readonly limit: Ticks,
  ) {
    this.since_ = now();
  }

  /** A round is complete: the next one has `limit` from here on. Cost: O(1). Interrupts: may be called from anywhere. */
  met(): void {
    this.since_ = now();
  }
}

/**
 * A watchdog in software over one in hardware, which is fed only while all declared deadlines hold.
 *
 *   const dog = new Watchdog(() => E.kickWatchdog(), (name) => board.console.write(`${name} is late`));
 *   const round = dog.watch("sensor", s(2));         in the task that must go on: round.met() after each round
 *   for (;;) { dog.check(); await sleep(ms(500)); }   in a task of its own
 *
 * A task that hangs, and one that keeps the executor busy, both end the feeding; the hardware then resets the board.
 * Layout: a list through the deadlines.
 * Cost: `check` O(deadlines); allocates nothing after `watch`.
 */
export class Watchdog {
  private first_: Deadline | null = null;

  /** `feed` keeps the hardware from resetting the board; `onMiss` is told once of each deadline that is missed. */
  constructor(
    private readonly feed_: () => void,
    private readonly onMiss_?: (name: string) => void,
  ) {}

  /** Declares that a round takes `limit` at most, from now on. */
  watch(name: string, limit: Ticks): Deadline {
    const deadline = new Deadline(name, limit);
    deadline.next_ = this.first_;
    this.first_ = deadline;
    return deadline;
  }

  /** Takes a deadline back: what it is of has ended as it should. Cost: O(deadlines). */
  unwatch(deadline: Deadline): void {
    if (this.first_ === deadline) this.first_ = deadline.next_;
    for (let each = this.first_; each !== null; each = each.next_) {
      if (each.next_ === deadline) each.next_ = deadline.next_;
    }
  }

  /** Feeds the hardware if all deadlines hold; whether they do. One that was missed and is met again counts as held. */
  check(): boolean {
    const time = now();
    let holds = true;
    for (let each = this.first_; each !== null; each = each.next_) {
      const isLate = ((time - each.since_) | 0) > each.limit;
      if (isLate && !each.isMissed_ && this.onMiss_ !== undefined) this.onMiss_(each.name);
      each.isMissed_ = isLate;
      if (isLate) holds = false;
    }
    if (holds) this.feed_();
    return holds;
  }
}
