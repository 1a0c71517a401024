import type { TaskHooks } from "./observed-executor.js";

/** Counts of one task, or of all. Times are in the unit of the meter's clock. */
export interface TaskCounts {
  /** Polls, and times that it became ready: those that it was polled more often, it yielded. */
  polls: number;
  /** Times that it became ready. */
  wakes: number;
  /** Time that polls took in all, and the longest of them. */
  busy: number;
  /** The longest poll. */
  longestPoll: number;
  /** From becoming ready to the poll: the longest that it waited for its turn. */
  longestWait: number;
  /** Polls that took longer than the meter's limit. */
  overruns: number;
  /** Tasks that began, and ended, in the slot. */
  started: number;
  /** Tasks that ended in the slot. */
  ended: number;
}

/** What {@link Meter.readAll} fills. */
export interface ExecutorCounts extends TaskCounts {
  /** Most tasks that were ready at once. */
  highWater: number;
  /** Times that nothing was ready. */
  idles: number;
}

/** Makes a record for {@link Meter.read}, once. */
export function makeTaskCounts(): TaskCounts {
  return {
    polls: 0,
    wakes: 0,
    busy: 0,
    longestPoll: 0,
    longestWait: 0,
    overruns: 0,
    started: 0,
    ended: 0,
  };
}

/** Makes a record for {@link Meter.readAll}, once. */
export function makeExecutorCounts(): ExecutorCounts {
  const counts = makeTaskCounts() as ExecutorCounts;
  counts.highWater = 0;
  counts.idles = 0;
  return counts;
}

/**
 * Counts what `observe` tells it, by slot.
 *
 *   const meter = new Meter(64, now);
 *   observe(meter);                      the first line of main
 *
 * Cost: a record for each slot, two readings of the clock for each poll and one for each wake; allocates nothing after
 * construction, but what the engine does for times with fractions.
 */
export class Meter implements TaskHooks {
  private readonly counts_: TaskCounts[] = [];
  private readonly readyAt_: number[] = [];
  private beganAt_ = 0;
  private highWater_ = 0;
  private idles_ = 0;

  /** For `slots` slots. `clock` gives a time that grows; a poll that takes longer than `limit` is an overrun. */
  constructor(
    slots: number,
    private readonly clock_: () => number,
    private readonly limit_ = Infinity,
  ) {
    for (let i = 0; i < slots; i++) {
      this.counts_.push(makeTaskCounts());
      this.readyAt_.push(0);
    }
  }

  taskNew(slot: number): void {
    this.counts_[slot]!.started++;
  }

  taskReady(slot: number, queued: number): void {
    this.counts_[slot]!.wakes++;
    this.readyAt_[slot] = this.clock_();
    if (queued > this.highWater_) this.highWater_ = queued;
  }

  execBegin(slot: number): void {
    const now = this.clock_();
    const counts = this.counts_[slot]!;
    counts.polls++;
    this.beganAt_ = now;
    const waited = now - this.readyAt_[slot]!;
    if (waited > counts.longestWait) counts.longestWait = waited;
  }

  execEnd(slot: number, isReady: boolean): void {
    const now = this.clock_();
    const counts = this.counts_[slot]!;
    const took = now - this.beganAt_;
    counts.busy += took;
    if (took > counts.longestPoll) counts.longestPoll = took;
    if (took > this.limit_) counts.overruns++;
    if (isReady) this.readyAt_[slot] = now;
  }

  taskEnd(slot: number): void {
    this.counts_[slot]!.ended++;
  }

  executorIdle(): void {
    this.idles_++;
  }

  /** Fills `into` with the counts of `slot`, and gives it. Cost: O(1); allocates nothing. */
  read(slot: number, into: TaskCounts): TaskCounts {
    clear(into);
    add(into, this.counts_[slot]!);
    return into;
  }

  /** Fills `into` with the counts of all slots, and gives it. Cost: O(slots); allocates nothing. */
  readAll(into: ExecutorCounts): ExecutorCounts {
    clear(into);
    for (let i = 0; i < this.counts_.length; i++) add(into, this.counts_[i]!);
    into.highWater = this.highWater_;
    into.idles = this.idles_;
    return into;
  }

  /** Begins to count anew. */
  reset(): void {
    for (let i = 0; i < this.counts_.length; i++) clear(this.counts_[i]!);
    this.highWater_ = this.idles_ = 0;
  }
}

function clear(counts: TaskCounts): void {
  counts.polls = counts.wakes = counts.busy = counts.longestPoll = counts.longestWait = 0;
  counts.overruns = counts.started = counts.ended = 0;
}

function add(into: TaskCounts, counts: TaskCounts): void {
  into.polls += counts.polls;
  into.wakes += counts.wakes;
  into.busy += counts.busy;
  into.longestPoll = Math.max(into.longestPoll, counts.longestPoll);
  into.longestWait = Math.max(into.longestWait, counts.longestWait);
  into.overruns += counts.overruns;
  into.started += counts.started;
  into.ended += counts.ended;
}
