/**
 * First in, first out: ready slots have their turns in the order in which they were woken, one each in a pass.
 *
 *   ring_   . . 7 2 9 4 . .       a slot that is ready again, or woken in this pass, goes behind the last
 *               ^ head_ ^ head_ + length_
 *
 * With n slots, a ready task is polled after n - 1 other polls at most, and no other twice before.
 */
import type { MakePolicy, Policy, Poller } from "./policy.js";

class Fifo implements Policy {
  private readonly ring_: Int32Array;
  /** Whether a slot is in the ring. */
  private readonly queued_: Uint8Array;
  private head_ = 0;
  private length_ = 0;

  constructor(private readonly slots_: number) {
    this.ring_ = new Int32Array(slots_);
    this.queued_ = new Uint8Array(slots_);
  }

  get length(): number {
    return this.length_;
  }

  add(slot: number): void {
    if (this.queued_[slot] !== 0) return;
    this.queued_[slot] = 1;
    let end = this.head_ + this.length_++;
    if (end >= this.slots_) end -= this.slots_;
    this.ring_[end] = slot;
  }

  pass(poller: Poller): void {
    for (let left = this.length_; left > 0; left--) {
      const slot = this.ring_[this.head_]!;
      if (++this.head_ === this.slots_) this.head_ = 0;
      this.length_--;
      this.queued_[slot] = 0;
      let isReady = true;
      try {
        isReady = poller.poll_(slot);
      } finally {
        if (isReady) this.add(slot);
      }
    }
  }
}

/** First in, first out: `new Executor(platform, { policy: fifo })`. */
export const makeFifo: MakePolicy = (slots) => new Fifo(slots);
