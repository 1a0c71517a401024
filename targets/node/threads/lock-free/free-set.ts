/**
 * The free slots of one kind of task, as bits. A search begins at a hint, so that it mostly looks at one word.
 *
 *   HINT      where the last slot came from             bits      1 . 1 1   slot is free, as far as is known
 *
 * Bits are hints: the word of a slot says whether it is free (task-word.ts), and whoever takes a bit must `claim` the
 * slot. There are no links between free slots, so nothing of the kind that a tag protects from ABA; a bit that
 * is set twice is one bit, and one that died with its thread is set again by who finds the slot free.
 */

const HINT = 0;
const BITS = 1;

/** What {@link takeFree} gives when there is none. */
export const NO_SLOT = -1;

export interface FreeSet {
  readonly words: Int32Array;
  readonly at: number;
  readonly slots: number;
}

/** Words of a set for `slots` slots. */
export function freeSetWords(slots: number): number {
  return BITS + ((slots + 31) >> 5);
}

/** The set at `at`, of the slots from 0 to `slots` - 1. Zeros are an empty one. */
export function freeSetAt(words: Int32Array, at: number, slots: number): FreeSet {
  return { words, at, slots };
}

/** `slot` is free. */
export function addFree({ words, at }: FreeSet, slot: number): void {
  Atomics.or(words, at + BITS + (slot >> 5), 1 << (slot & 31));
}

/** Takes a slot that is said to be free, or {@link NO_SLOT}. Cost: a look at each 32 slots at most. */
export function takeFree({ words, at, slots }: FreeSet): number {
  const all = (slots + 31) >> 5;
  const hint = Atomics.load(words, at + HINT);
  for (let i = 0; i < all; i++) {
    const word = (hint + i) % all;
    const slot = takeFrom(words, at + BITS + word);
    if (slot === NO_SLOT) continue;
    if (i > 0) Atomics.store(words, at + HINT, word);
    return (word << 5) + slot;
  }
  return NO_SLOT;
}

/** Clears one bit of a word; which, or {@link NO_SLOT}. */
function takeFrom(words: Int32Array, index: number): number {
  for (;;) {
    const bits = Atomics.load(words, index);
    if (bits === 0) return NO_SLOT;
    const slot = 31 - Math.clz32(bits);
    if ((Atomics.and(words, index, ~(1 << slot)) & (1 << slot)) !== 0) return slot;
  }
}
