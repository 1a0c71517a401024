import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import type { Ticks } from "../types.js";

/** How a {@link Backoff} grows. */
export interface BackoffOptions {
  /** The first pause; each one is twice the one before. */
  readonly first: Ticks;
  /** No pause is longer; default none. */
  readonly limit?: Ticks;
  /** Pauses before it is over; default without end. */
  readonly times?: number;
  /**
   * Gives a number from 0 up to 1, `Math.random` say: each pause is then between a half of itself and all of it, so that
   * those who failed together do not try again together.
   */
  readonly random?: () => number;
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

  /** @throws E184 unless the first pause is positive, and not longer than the limit */
  constructor(options: BackoffOptions) {
    const { first, limit } = options;
    if (!(first > 0) || (limit !== undefined && !(limit >= first))) {
      fail(
        "E184",
        "backoff",
        DEV &&
          "a first pause of " +
            first +
            " ms is not positive and up to its limit, " +
            (limit || first) +
            " ms",
      );
    }
    this.options_ = options;
    this.pause_ = first;
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

  /** How long to pause now. The one after it is twice as long. */
  next(): Ticks {
    const { limit, random } = this.options_;
    const pause = this.pause_;
    const doubled = 2 * pause;
    this.count_++;
    this.pause_ = limit !== undefined && doubled > limit ? limit : doubled;
    return Math.ceil(random === undefined ? pause : (pause * (1 + random())) / 2) as Ticks;
  }

  /** Begins with the first pause again: after a success. */
  reset(): void {
    this.pause_ = this.options_.first;
    this.count_ = 0;
  }
}
