/**
 * Threads that wait for something: a word, with a bit for each.
 *
 *   who waits       sets its bit, then looks whether it is there after all
 *   who makes it    publishes it, then takes all bits: those threads are told, look, and set their bits again if need be
 *
 * Each side writes first and looks second, so one of them sees the other. A thread that dies may have taken bits and told
 * nobody: then all are told (recover.ts).
 */

/** Thread `me` will be told; it must look once more after this. */
export function waitFor(words: Int32Array, at: number, me: number): void {
  Atomics.or(words, at, 1 << me);
}

/** Takes the threads that must be told, a bit each. */
export function whoWaits(words: Int32Array, at: number): number {
  // Most have nobody who waits, and a load is cheaper than an exchange.
  if (Atomics.load(words, at) === 0) return 0;
  return Atomics.exchange(words, at, 0);
}
