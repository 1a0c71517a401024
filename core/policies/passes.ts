/**
 * Passes: ready slots as bits, polled in slot order (docs/adr/0003).
 *
 *   ready_  . . 1 . 1 .   filled by wakes, emptied by polls that end in waiting
 *               ^ at_     where the pass is: slots before it had their turn
 *
 * A pass gives each slot one turn, so a task that wakes itself cannot starve another: with n slots, a ready task is
 * polled before any other is polled twice.
 *
 * One word of `ready_` is in hand, in `bits_`: V8 reads a field sooner than an element of a typed array, and
 * a pass looks again after each poll, since that may have woken a slot that is still to come.
 */

import type { MakePolicy, Policy, Poller } from "./policy.js";

/** ES2015's, which ES5's library does not know; every engine that runs this executor has it. */
declare const Math: { clz32(bits: number): number };

class Passes implements Policy {
  private readonly ready_: Int32Array;
  /** The word in hand, and what `ready_` would have there. */
  private word_ = 0;
  private bits_ = 0;
  private at_ = 0;
  private length_ = 0;

  constructor(slots: number) {
    this.ready_ = new Int32Array((slots + 31) >> 5);
  }

  /** Slots that are ready. */
  get length(): number {
    return this.length_;
  }

  /** Makes `slot` ready: it has its turn in this pass unless it had it. Cost: O(1). */
  add(slot: number): void {
    const word = slot >> 5;
    const bit = 1 << (slot & 31);
    const bits = word === this.word_ ? this.bits_ : this.ready_[word]!;
    if ((bits & bit) !== 0) return;
    if (word === this.word_) this.bits_ = bits | bit;
    else this.ready_[word] = bits | bit;
    this.length_++;
  }

  /**
   * One pass; or the rest of one that a throw of `executor` interrupted: the slot that threw counts as ready.
   *
   * Cost: one word for 32 slots, and the polls.
   */
  pass(executor: Poller): void {
    const words = this.ready_.length;
    let slot = this.at_ - 1;
    let turns = -1 << (this.at_ & 31);
    try {
      for (let word = this.at_ >> 5; word < words && this.length_ > 0; word++) {
        if (word !== this.word_) this.take_(word);
        for (let bits = this.bits_ & turns; bits !== 0; bits = this.bits_ & turns) {
          const lowest = bits & ((0 - bits) | 0);
          slot = (word << 5) | (31 ^ Math.clz32(lowest));
          turns = (0 - (lowest << 1)) | 0;
          if (executor.poll_(slot)) continue;
          this.bits_ &= ~lowest;
          this.length_--;
        }
        turns = -1;
      }
    } catch (error) {
      this.at_ = slot + 1;
      throw error;
    }
    this.at_ = 0;
  }

  /** Lays the word in hand back, and takes `word`. */
  private take_(word: number): void {
    this.ready_[this.word_] = this.bits_;
    this.word_ = word;
    this.bits_ = this.ready_[word]!;
  }
}

/** The policy of {@link Passes}; executors have it where nothing else is chosen. */
export const makePasses: MakePolicy = (slots) => new Passes(slots);
