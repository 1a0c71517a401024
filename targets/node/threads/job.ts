/** A job in the main thread, from `run` until its promise settles. */
import type { Definition } from "./functions.js";
import type { JobOptions, Priority } from "./types.js";

/** Queues by priority. */
export const QUEUE_OF: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };

/** Where a job is. */
export const WAITS = 0;
/** In a slot: whether it runs is written there. */
export const QUEUED = 1;
export const SETTLED = 2;

export class Job {
  state_ = WAITS;
  slot_ = -1;
  /** Of its name in the queue. */
  ticket_ = 0;
  /** Whether its arguments are the worker's now. */
  isSent_ = false;
  private readonly abort_: (() => void) | null = null;

  constructor(
    readonly definition: Definition,
    readonly args: readonly unknown[],
    readonly options: JobOptions,
    private readonly resolve_: (value: unknown) => void,
    private readonly reject_: (reason: unknown) => void,
    aborted: (job: Job) => void,
  ) {
    const { signal } = options;
    if (signal === undefined) return;
    this.abort_ = () => {
      aborted(this);
    };
    signal.addEventListener("abort", this.abort_, { once: true });
  }

  get queue(): number {
    return QUEUE_OF[this.options.priority ?? "normal"];
  }

  /** False when it was settled before. */
  resolve(value: unknown): boolean {
    if (!this.settle_()) return false;
    this.resolve_(value);
    return true;
  }

  /** False when it was settled before. */
  reject(reason: unknown): boolean {
    if (!this.settle_()) return false;
    this.reject_(reason);
    return true;
  }

  private settle_(): boolean {
    if (this.state_ === SETTLED) return false;
    this.state_ = SETTLED;
    if (this.abort_ !== null) this.options.signal?.removeEventListener("abort", this.abort_);
    return true;
  }
}
