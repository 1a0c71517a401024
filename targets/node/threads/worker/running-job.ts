/** A job as the code that runs it sees it. */
import type { JobContext } from "../job-context.js";
import { ABORTED, COOPERATES, type LaneMemory } from "../memory.js";

export class RunningJob implements JobContext {
  private controller_: AbortController | null = null;
  private isOver_ = false;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly slot_: number,
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

  end(): void {
    this.isOver_ = true;
  }
}
