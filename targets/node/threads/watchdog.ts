/**
 * Looks after the workers of a lane from time to time, while there is anything to look after: ends those that hang and
 * those that have had nothing to do for long. Its timer is what keeps the process alive while jobs are under way.
 *
 * A worker hangs when it shows no sign of life for `hungAfter`: it takes no job, ends none, and its event loop does not
 * answer a ping, which is sent at half of that time.
 */
import type { Crew } from "./crew.js";
import type { LaneWorker } from "./lane-worker.js";
import type { LaneMemory } from "./memory.js";

export interface WatchdogOptions {
  readonly min: number;
  readonly hungAfter: number;
  readonly keepAlive: number;
}

const PERIOD = 250;
const SHORTEST = 10;
/** A worker may take that long to start, at least. */
const START_LIMIT = 10_000;

export class Watchdog {
  private timer_: NodeJS.Timeout | null = null;
  private isHeld_ = false;
  private looked_ = 0;
  private readonly period_: number;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly crew_: Crew,
    private readonly options_: WatchdogOptions,
    private readonly limitOf_: (worker: LaneWorker) => number,
  ) {
    const { hungAfter, keepAlive } = options_;
    this.period_ = Math.max(SHORTEST, Math.min(PERIOD, hungAfter / 4, keepAlive / 2));
  }

  /** Whether the process must live on. */
  hold(isHeld: boolean): void {
    this.isHeld_ = isHeld;
    if (isHeld && this.timer_ === null) {
      this.looked_ = performance.now();
      this.timer_ = setInterval(this.look_, this.period_);
    }
    if (isHeld) this.timer_?.ref();
    else this.timer_?.unref();
  }

  stop(): void {
    if (this.timer_ !== null) clearInterval(this.timer_);
    this.timer_ = null;
  }

  private readonly look_ = (): void => {
    const now = performance.now();
    // While this thread was busy it could not have heard of anything.
    const passed = Math.min(now - this.looked_, 2 * this.period_);
    this.looked_ = now;
    for (const worker of this.crew_.workers) {
      if (worker !== undefined && !worker.isEnding) this.lookAt_(worker, passed);
    }
    if (!this.isHeld_ && this.crew_.count <= this.options_.min) this.stop();
  };

  private lookAt_(worker: LaneWorker, passed: number): void {
    const beats = this.memory_.beats(worker.number);
    if (beats !== worker.beats) {
      worker.beats = beats;
      worker.quiet = 0;
      worker.isPinged = false;
      return;
    }
    worker.quiet += passed;
    if (worker.isIdle(this.memory_)) this.dismiss_(worker);
    else this.suspect_(worker);
  }

  private dismiss_(worker: LaneWorker): void {
    if (worker.quiet < this.options_.keepAlive || this.crew_.count <= this.options_.min) return;
    if (!this.memory_.dismiss(worker.number)) return;
    void worker.end({ code: "E435", text: "had nothing to do" });
  }

  private suspect_(worker: LaneWorker): void {
    const { hungAfter } = this.options_;
    const limit = worker.isReady ? this.limitOf_(worker) || hungAfter : Math.max(START_LIMIT, hungAfter);
    if (worker.quiet >= limit) {
      const advice = `Give run() a longer hungAfter if it is right to compute that long`;
      const text = `kept its worker from going on for ${limit} ms, and was ended with it. ${advice}`;
      void worker.end({ code: "E433", text });
    } else if (worker.quiet >= limit / 2 && !worker.isPinged) {
      worker.isPinged = true;
      worker.tell({ type: "ping" });
    }
  }
}
