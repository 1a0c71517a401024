/**
 * A count, and how often it has come to its end: what barriers, events and latches of all threads are.
 *
 *   word      round (16) | count (16)
 *
 *   barrier   arrive: count + 1, and the last one of `parties` begins the next round with 0       leave: count - 1
 *   event     set: the next round, with 1      reset: 0                                           is set: 1
 *   latch     count down: count - n, and the next round with 0                                    is over: 0
 *
 * Who waits remembers the round, and goes on when it is another one, whatever the count is by then.
 */
const COUNT = 0xffff;
const NEXT_ROUND = 0x10000;
const ROUND_SHIFT = 16;

export const MOST = COUNT;

/** What {@link arrive} says of the last one. */
export const LAST = -1;

/** The round, a number of 16 bits. */
export function roundOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at) >>> ROUND_SHIFT;
}

export function countOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at) & COUNT;
}

function nextRound(word: number, count: number): number {
  return (word & ~COUNT) + NEXT_ROUND + count;
}

/** One more of `parties` is there: the round to wait for the end of, or {@link LAST}, and all who wait must be told. */
export function arrive(words: Int32Array, at: number, parties: number): number {
  for (;;) {
    const word = Atomics.load(words, at);
    const isLast = (word & COUNT) + 1 === parties;
    const next = isLast ? nextRound(word, 0) : word + 1;
    if (Atomics.compareExchange(words, at, word, next) === word) return isLast ? LAST : word >>> ROUND_SHIFT;
  }
}

/** One that arrived in `round` goes away; false when that is over, and nothing is taken back. */
export function goAway(words: Int32Array, at: number, round: number): boolean {
  for (;;) {
    const word = Atomics.load(words, at);
    if (word >>> ROUND_SHIFT !== round) return false;
    if (Atomics.compareExchange(words, at, word, word - 1) === word) return true;
  }
}

/** Sets an event: all who wait must be told. */
export function set(words: Int32Array, at: number): void {
  for (;;) {
    const word = Atomics.load(words, at);
    if (Atomics.compareExchange(words, at, word, nextRound(word, 1)) === word) return;
  }
}

/** Resets it. */
export function reset(words: Int32Array, at: number): void {
  Atomics.and(words, at, ~COUNT);
}

/** Takes `by` of the count; what is left, or -1 - that when it is less than `by`. At 0 all who wait must be told. */
export function countDown(words: Int32Array, at: number, by: number): number {
  for (;;) {
    const word = Atomics.load(words, at);
    const left = (word & COUNT) - by;
    if (left < 0) return -1 - (word & COUNT);
    const next = left === 0 ? nextRound(word, 0) : word - by;
    if (Atomics.compareExchange(words, at, word, next) === word) return left;
  }
}
