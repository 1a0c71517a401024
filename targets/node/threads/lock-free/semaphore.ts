/**
 * Permits that all threads take and give back.
 *
 *   FREE      permits that nobody has
 *   WAITING   threads that wait for one (waiting.ts)
 *
 *   take   FREE -> FREE - 1, a compare-and-set                give   FREE -> FREE + 1, and all who wait are told
 *
 * No permit lies free while somebody waits that was not told of it. Who was told tries, and waits again if others were faster.
 *
 * A thread that dies may have taken a permit for a task that waits there, whose words do not say so yet: what it had taken of
 * FREE stays taken. A permit says nothing about who has it; owner.ts does.
 */
import { waitFor, whoWaits } from "./waiting.js";

const FREE = 0;
const WAITING = 1;

export const SEMAPHORE_WORDS = 16;

/** What {@link give} says when all permits are free. */
export const TOO_MANY = -1;

/** Permits that nobody has, as far as can be known. */
export function freeOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at + FREE);
}

/** Before anybody uses it. */
export function fill(words: Int32Array, at: number, free: number): void {
  words[at + FREE] = free;
}

/** Takes a permit, if one is free. */
export function takePermit(words: Int32Array, at: number): boolean {
  for (;;) {
    const free = Atomics.load(words, at + FREE);
    if (free === 0) return false;
    if (Atomics.compareExchange(words, at + FREE, free, free - 1) === free) return true;
  }
}

/** As {@link takePermit}; false when thread `me` must wait, and will be told. */
export function takeOrWait(words: Int32Array, at: number, me: number): boolean {
  if (takePermit(words, at)) return true;
  waitFor(words, at + WAITING, me);
  return takePermit(words, at);
}

/** Gives one back, of `permits`: the threads that must be told, a bit each, or {@link TOO_MANY}. */
export function give(words: Int32Array, at: number, permits: number): number {
  for (;;) {
    const free = Atomics.load(words, at + FREE);
    if (free >= permits) return TOO_MANY;
    if (Atomics.compareExchange(words, at + FREE, free, free + 1) === free) break;
  }
  return whoWaits(words, at + WAITING);
}
