/**
 * The task that a worker readied last: it runs next there, while what it needs is in the processor's cache. A message
 * and its answer so stay on one thread. One word, by which the owner and a thief agree who has it:
 *
 *   put    owner     item -> SLOT, what was there comes out      take   anybody   NONE -> SLOT
 *
 * How many times in a row it may be used before the queue has its turn is the worker's to count.
 */
import { NONE } from "./deque.js";

export interface LifoSlot {
  readonly words: Int32Array;
  readonly at: number;
}

/** Words of a slot, which has a line of the cache for itself. */
export const LIFO_WORDS = 16;

/** The slot at `at`; {@link clearLifo} makes it one. */
export function lifoAt(words: Int32Array, at: number): LifoSlot {
  return { words, at };
}

/** Before anybody uses it. */
export function clearLifo({ words, at }: LifoSlot): void {
  words[at] = NONE;
}

/** Owner only: puts `item`; what was there, or {@link NONE}. */
export function putLifo({ words, at }: LifoSlot, item: number): number {
  return Atomics.exchange(words, at, item);
}

/** What is there, or {@link NONE}. */
export function takeLifo({ words, at }: LifoSlot): number {
  // Most looks find nothing, and a load is cheaper than an exchange.
  if (Atomics.load(words, at) === NONE) return NONE;
  return Atomics.exchange(words, at, NONE);
}

/** Whether nothing is there. */
export function isLifoEmpty({ words, at }: LifoSlot): boolean {
  return Atomics.load(words, at) === NONE;
}
