import { now } from "../clock.js";
import { DEADLINES } from "../features.js";
import type { Strand } from "../scheduler.js";
import type { Instant, Ticks } from "../types.js";
import { nameOfStrand } from "./port.js";
import { deadlineOf, everyStrand } from "./turns.js";

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
 *   board.watchdog.start(s(5));
 *   const dog = new Watchdog(() => board.watchdog.feed(), (name) => board.console.write(`${name} is late`));
 *   task(async function pump() { ... }, { deadline: s(2) })    a kind whose tasks have a turn at least so often
 *   const round = dog.watch("sensor", s(2));                   in a task with longer rounds: round.met() after each
 *   for (;;) { dog.check(); await sleep(ms(500)); }             in a task of its own
 *
 * A task that hangs, and one that keeps the executor busy, both end the feeding; the hardware then resets the board.
 * Layout: a list through the deadlines.
 * Cost: `check` O(deadlines, and slots where kinds have some); allocates nothing after `watch`, and after the first `check` of a task.
 */
export class Watchdog {
  private first_: Deadline | null = null;
  /** Those of tasks, by slot, and the turns that each task had when it was looked at last. */
  private readonly own_: Deadline[] = [];
  private readonly turns_: number[] = [];
  private missed_ = 0;

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

  /** How often a deadline was missed so far: once for each time that one was met no more. */
  get missed(): number {
    return this.missed_;
  }

  /**
   * Feeds the hardware if all deadlines hold; whether they do. One that was missed and is met again counts as held. A turn counts
   * from the check that notices it.
   */
  check(): boolean {
    const time = now();
    let holds = true;
    for (let each = this.first_; each !== null; each = each.next_) if (!this.look_(each, time)) holds = false;
    if (DEADLINES) {
      const strands = everyStrand();
      for (let slot = 0; slot < strands.length; slot++)
        if (!this.lookAt_(strands[slot]!, slot, time)) holds = false;
    }
    if (holds) this.feed_();
    return holds;
  }

  private lookAt_(strand: Strand, slot: number, time: Instant): boolean {
    const limit = deadlineOf(strand);
    if (limit === 0) {
      this.turns_[slot] = -1;
      return true;
    }
    const own = this.own_[slot] || (this.own_[slot] = makeDeadline(nameOfStrand(strand), limit as Ticks));
    if (strand.polls_ !== this.turns_[slot]) {
      this.turns_[slot] = strand.polls_;
      own.since_ = time;
    }
    return this.look_(own, time);
  }

  private look_(deadline: Deadline, time: Instant): boolean {
    const isLate = ((time - deadline.since_) | 0) > deadline.limit;
    if (isLate && !deadline.isMissed_) {
      this.missed_++;
      if (this.onMiss_ !== undefined) this.onMiss_(deadline.name);
    }
    deadline.isMissed_ = isLate;
    return !isLate;
  }
}

function makeDeadline(name: string, limit: Ticks): Deadline {
  return new Deadline(name, limit);
}
