import type { Ticks } from "../types.js";
import { byChance, checkPauses, grown, type Pauses } from "./pauses.js";

/** How a {@link Backoff} grows. */
export interface BackoffOptions extends Pauses {
  /** Pauses before it is over; default without end. */
  readonly times?: number;
}

/**
 * The pauses between the tries of something that fails: they double up to a limit.
 *
 *   catch (error) { if (backoff.isOver) throw error; }
 *   await sleep(backoff.next());
 *
 * Cost: O(1); allocates nothing after construction. Interrupts: all of it may be called from anywhere.
 */
export class Backoff {
  private readonly options_: BackoffOptions;
  private pause_: number;
  private count_ = 0;

  /** @throws E184 unless the first pause is positive and not longer than the limit, and pauses do not shrink */
  constructor(options: BackoffOptions) {
    checkPauses("backoff", options);
    this.options_ = options;
    this.pause_ = options.first;
  }

  /** Pauses since the start, or the last {@link reset}. */
  get count(): number {
    return this.count_;
  }

  /** Whether there were as many pauses as `times` says. */
  get isOver(): boolean {
    const { times } = this.options_;
    return times !== undefined && this.count_ >= times;
  }

  /** How long to pause now. The one after it is longer. */
  next(): Ticks {
    const pause = this.pause_;
    this.count_++;
    this.pause_ = grown(this.options_, pause);
    return byChance(this.options_, pause);
  }

  /** Begins with the first pause again: after a success. */
  reset(): void {
    this.pause_ = this.options_.first;
    this.count_ = 0;
  }
}
