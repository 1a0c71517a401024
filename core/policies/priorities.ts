/**
 * Priorities: before each turn the highest level with a ready slot is chosen, and within it the next slot in turn.
 *
 *   level 7   . . 1 . | 1 . .        | last_: where the level's turns are; slots behind it come first, then it begins anew
 *   level 2   . 1 . . . . |          ages_[level]: turns of higher levels since this one, which was ready, had one;
 *   level 0   1 | . 1 . . .          at AGING it has the next, and the highest level goes on after that
 *
 * With m slots of its level and L levels in use, a ready task is polled after m x (AGING + L) polls at most. Boards
 * choose by the same rule (board/priorities.ts), so that traces are equal.
 */
import { AGING, HIGHEST, type MakePolicy, type Policy, type Poller } from "./policy.js";

/** ES2015's, which ES5's library does not know; every engine that runs this executor has it. */
declare const Math: { clz32(bits: number): number };

class Priorities implements Policy {
  private readonly levels_: Level[] = [];
  private length_ = 0;
  /** A bit for each level with a ready slot. */
  private used_ = 0;

  constructor(
    slots: number,
    private readonly levelOf_: (slot: number) => number,
  ) {
    for (let level = 0; level <= HIGHEST; level++) this.levels_[level] = new Level(slots);
  }

  get length(): number {
    return this.length_;
  }

  add(slot: number): void {
    const i = this.levelOf_(slot);
    if (!this.levels_[i]!.add_(slot)) return;
    this.used_ |= 1 << i;
    this.length_++;
  }

  pass(poller: Poller): void {
    for (let left = this.length_; left > 0 && this.length_ > 0; left--) {
      const i = this.choose_();
      const level = this.levels_[i]!;
      const slot = level.next_();
      if (poller.poll_(slot)) continue;
      level.remove_(slot);
      if (level.length_ === 0) this.used_ &= ~(1 << i);
      this.length_--;
    }
  }

  private choose_(): number {
    let chosen = highest(this.used_);
    for (let lower = this.used_ ^ (1 << chosen); lower !== 0;) {
      const i = highest(lower);
      lower ^= 1 << i;
      if (++this.levels_[i]!.age_ < AGING) continue;
      chosen = i;
      break;
    }
    this.levels_[chosen]!.age_ = 0;
    return chosen;
  }
}

function highest(bits: number): number {
  return 31 ^ Math.clz32(bits);
}

/** The ready slots of one level, as bits. */
class Level {
  length_ = 0;
  age_ = 0;
  private last_ = -1;
  private readonly ready_: Int32Array;

  constructor(slots: number) {
    this.ready_ = new Int32Array((slots + 31) >> 5);
  }

  /** False when it is there already. */
  add_(slot: number): boolean {
    const bit = 1 << (slot & 31);
    if ((this.ready_[slot >> 5]! & bit) !== 0) return false;
    this.ready_[slot >> 5]! |= bit;
    this.length_++;
    return true;
  }

  remove_(slot: number): void {
    this.ready_[slot >> 5]! &= ~(1 << (slot & 31));
    this.length_--;
  }

  /** The first ready slot behind the last one, going round. Only while there is one. */
  next_(): number {
    const words = this.ready_.length;
    let word = (this.last_ + 1) >> 5;
    let bits = word < words ? this.ready_[word]! & (-1 << ((this.last_ + 1) & 31)) : 0;
    while (bits === 0) {
      if (++word >= words) word = 0;
      bits = this.ready_[word]!;
    }
    this.last_ = (word << 5) | highest(bits & ((0 - bits) | 0));
    return this.last_;
  }
}

/** The policy of {@link Priorities}; executors have it when a kind has a priority. */
export const makePriorities: MakePolicy = (slots, levelOf) => new Priorities(slots, levelOf);
