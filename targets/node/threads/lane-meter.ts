/** What the workers of a lane did, as the main thread learns it with their answers. */
import { sinceStart } from "./clock.js";
import { BUCKETS, Histogram, histogramAt, record } from "./histogram.js";
import { BEGAN_AT, ENDED_AT, QUEUED_AT, type LaneMemory } from "./memory.js";
import type { Turn } from "./tasks/observer.js";

/** What one worker did with jobs. */
export interface JobWorkerStats {
  /** Jobs that it ended. */
  readonly jobs: number;
  /** Times when it had nothing to do, and slept. */
  readonly parks: number;
  /** How long jobs waited for it; empty without `measure`. */
  readonly latency: Histogram;
  /** How long they ran, waits included; empty without `measure`. */
  readonly runTime: Histogram;
}

const LATENCY = 0;
const RUN_TIME = BUCKETS;

export class LaneMeter {
  private readonly jobs_: number[];
  private readonly histograms_: readonly Int32Array[];
  private readonly turns_: Turn[] = [];
  private oldest_ = 0;

  constructor(
    private readonly memory_: LaneMemory,
    readonly measures: boolean,
    private readonly trace_: number,
  ) {
    this.jobs_ = new Array<number>(memory_.workers).fill(0);
    this.histograms_ = this.jobs_.map(() => new Int32Array(2 * BUCKETS));
  }

  /** Worker `worker` has ended the job in `slot`. */
  ended(worker: number, slot: number, name: string): void {
    this.jobs_[worker]!++;
    if (!this.measures) return;
    const { memory_: memory } = this;
    const [queued, began, ended] = [QUEUED_AT, BEGAN_AT, ENDED_AT].map((what) =>
      memory.momentOf(slot, what),
    ) as [number, number, number];
    const words = this.histograms_[worker]!;
    record(words, LATENCY, (began - queued) | 0);
    record(words, RUN_TIME, (ended - began) | 0);
    if (this.trace_ > 0) this.note_(worker, name, began, ended);
  }

  private note_(worker: number, name: string, began: number, ended: number): void {
    const [begin, end] = [sinceStart(began), sinceStart(ended)];
    this.turns_[this.oldest_++ % this.trace_] = { worker, name, slot: -1, begin, end, then: "over" };
  }

  stats(worker: number): JobWorkerStats {
    const words = this.histograms_[worker]!;
    return {
      jobs: this.jobs_[worker]!,
      parks: this.memory_.parks(worker),
      latency: histogramAt(words, LATENCY),
      runTime: histogramAt(words, RUN_TIME),
    };
  }

  /** The last jobs, in the order in which they began. */
  trace(): Turn[] {
    return [...this.turns_].sort((a, b) => a.begin - b.begin);
  }
}
