import { RACES } from "../features.js";
import { begin } from "../leaf.js";
import { complete, irrevocable } from "../op.js";
import type { Future } from "../types.js";
import { Channel } from "./channel.js";

/** What the channels below have in common: nobody waits to send, and what is lost is counted. */
abstract class LossyChannel<T> extends Channel<T> {
  protected dropped_ = 0;

  /** Items that were lost since it was made. */
  get dropped(): number {
    return this.dropped_;
  }

  /** Sends at once; the same as `trySend`, for code that takes any channel. */
  override send(value: T): Future<boolean> {
    const op = begin(this, false, null);
    if (RACES && !this.closed_) op.drop_ = irrevocable;
    complete(op, this.trySend(value));
    return op as unknown as Future<boolean>;
  }
}

/**
 * A {@link Channel} that loses what is sent while it is full. `trySend` gives false then.
 *
 * Cost, interrupts and cancel: as a channel.
 */
export class DropNewestChannel<T> extends LossyChannel<T> {
  /** Puts `value` last, or drops it where the channel is full; false when it was dropped or the channel is closed. */
  override trySend(value: T): boolean {
    const fits = super.trySend(value);
    if (!fits && !this.closed_) this.dropped_++;
    return fits;
  }
}

/**
 * A {@link Channel} that loses its oldest item when something is sent while it is full: the latest ones are inside.
 * `trySend` gives false when it is closed only. A receiver that was woken gets what is the oldest when it runs.
 *
 * Cost, interrupts and cancel: as a channel.
 */
export class DropOldestChannel<T> extends LossyChannel<T> {
  /** Puts `value` last, where the channel is full in the place of the oldest item; false when it is closed. */
  override trySend(value: T): boolean {
    if (this.count_ === this.capacity_ && !this.closed_) {
      this.takeOut_();
      this.dropped_++;
    }
    return super.trySend(value);
  }
}
