/**
 * The executor's platform on Node: the monotonic clock, one timeout, one immediate.
 *
 *   pend()        -> setImmediate -> executor.run()         or at once, at the end of what `promptly` calls
 *   setAlarm(at)  -> setTimeout   -> executor.run()         at most one of each is under way
 *
 * The process lives on while an alarm or a pend is under way; the board adds edges (board.ts). Tasks that wait for
 * nothing but each other keep nothing alive: the process ends, as it does under a promise that nobody settles.
 */
import type { Executor, Instant, Platform } from "../../core/index.js";

/** Whose tasks {@link promptly} woke; null outside of it. */
let woken: NodePlatform[] | null = null;

/** Calls `cause`, then runs the tasks that it woke at once: a turn of the event loop costs as much as several of theirs. */
export function promptly(cause: () => void): void {
  const platforms: NodePlatform[] = [];
  woken = platforms;
  try {
    cause();
  } finally {
    woken = null;
    for (const platform of platforms) platform.run_();
  }
}

/** What drives the platform; tests put their own here. */
export interface NodeClock {
  /** Milliseconds, with a fraction, that never go back. */
  now(): number;
}

/** The executor's platform on Node; `run` makes one. */
export class NodePlatform implements Platform {
  private readonly start_: number;
  private executor_: Executor | null = null;
  private settled_: () => void = () => undefined;
  private timeout_: NodeJS.Timeout | null = null;
  private immediate_: NodeJS.Immediate | null = null;
  /** What the program waits for, which `timeout_` may precede. */
  private alarm_ = 0;
  /** What `timeout_` is set to. */
  private timeoutAt_ = 0;
  private isStopped_ = false;

  constructor(private readonly clock_: NodeClock = performance) {
    this.start_ = clock_.now();
  }

  /** Names the executor to run; `settled` is called after each of its runs. */
  attach(executor: Executor, settled: () => void = () => undefined): void {
    this.executor_ = executor;
    this.settled_ = settled;
  }

  now(): Instant {
    // `| 0` cuts off the fraction, and wraps exactly, for 2^53 ms.
    return ((this.clock_.now() - this.start_) | 0) as Instant;
  }

  setAlarm(at: Instant): void {
    if (this.isStopped_) return;
    this.alarm_ = at;
    // An earlier timeout is kept and set again when it fires: programs move their alarm at each run.
    if (this.timeout_ !== null && ((this.timeoutAt_ - at) | 0) <= 0) return;
    this.startTimeout_();
  }

  pend(): void {
    if (this.isStopped_ || this.immediate_ !== null) return;
    if (woken !== null) {
      woken.push(this);
      return;
    }
    this.immediate_ = setImmediate(() => {
      this.immediate_ = null;
      this.run_();
    });
  }

  /** Lets go of the process; the executor is not run again. */
  stop(): void {
    this.isStopped_ = true;
    this.stopTimeout_();
    if (this.immediate_ !== null) clearImmediate(this.immediate_);
    this.immediate_ = null;
  }

  private startTimeout_(): void {
    this.stopTimeout_();
    this.timeoutAt_ = this.alarm_;
    // A difference of two int32 is below 2^31, so setTimeout's limit (which turns longer delays into 1) is not met.
    const delay = Math.max((this.alarm_ - this.now()) | 0, 0);
    this.timeout_ = setTimeout(() => {
      this.timeout_ = null;
      this.alarmed_();
    }, delay);
  }

  private stopTimeout_(): void {
    if (this.timeout_ !== null) clearTimeout(this.timeout_);
    this.timeout_ = null;
  }

  private alarmed_(): void {
    // libuv counts whole milliseconds, so a timeout may come up to one early by `performance.now()`.
    if (((this.alarm_ - this.now()) | 0) > 0) this.startTimeout_();
    else this.run_();
  }

  /** @internal */
  run_(): void {
    const executor = this.executor_;
    if (executor === null || this.isStopped_) return;
    executor.run();
    // The executor sets alarms and never takes one back; a cancelled sleep must not hold the process.
    if (executor.timers.isEmpty) this.stopTimeout_();
    this.settled_();
  }
}
