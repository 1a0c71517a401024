/** A job as the code that runs it sees it. */
import type { JobContext } from "../job-context.js";
import { ABORTED, COOPERATES, type LaneMemory } from "../memory.js";
import type { JobFunction, JobOptions } from "../types.js";
import { callMain } from "./caller.js";

export class RunningJob implements JobContext {
  private controller_: AbortController | null = null;
  private isOver_ = false;
  /** Jobs that it has asked for, and waits for. */
  private calls_ = 0;

  /** `lends` is told when the job begins to wait for others, with 1, and when it no longer does, with -1. */
  constructor(
    private readonly memory_: LaneMemory,
    private readonly slot_: number,
    private readonly lends_: (change: number) => void,
  ) {
    memory_.addFlag(slot_, COOPERATES);
  }

  get signal(): AbortSignal {
    this.controller_ ??= new AbortController();
    if (this.isAborted) this.controller_.abort();
    return this.controller_.signal;
  }

  get isAborted(): boolean {
    // Over, the slot is another job's.
    return !this.isOver_ && (this.memory_.flags(this.slot_) & ABORTED) !== 0;
  }

  abort(reason: unknown): void {
    this.controller_ ??= new AbortController();
    this.controller_.abort(reason);
  }

  run(fn: JobFunction, args: readonly unknown[] = [], options: JobOptions = {}): Promise<never> {
    const call = callMain(fn, args, { signal: this.signal, ...options });
    if (!this.isOver_ && this.calls_++ === 0) this.lends_(1);
    const ended = (): void => {
      if (!this.isOver_ && --this.calls_ === 0) this.lends_(-1);
    };
    call.then(ended, ended);
    return call as Promise<never>;
  }

  end(): void {
    this.isOver_ = true;
    if (this.calls_ > 0) this.lends_(-1);
  }
}
