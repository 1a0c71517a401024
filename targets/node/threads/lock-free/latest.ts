/**
 * The latest value, which each thread may replace, and all read.
 *
 *   CURRENT   version (26) | cell (6)         each thread has two cells, and publishes only these:
 *
 *   set    fills that one of its two cells which is not current, then CURRENT -> next version | it
 *   read   CURRENT, the cell, CURRENT again: if it has changed, the cell may have too, and all is done again
 *
 * Nobody waits for anybody: who reads again does so since somebody else has set. Versions come round after 2^26, and none is 0.
 */
const LINE = 16;
const CURRENT = 0;
/** Threads that wait for a later version (waiting.ts). */
export const WAITING = 1;
const CELLS = LINE;

const CELL_BITS = 6;
const CELL = 0x3f;
const VERSION = 0x3ffffff;

/** Words of the cells of `threads` threads, of `size` words each. */
export function latestWords(threads: number, size: number): number {
  return CELLS + 2 * threads * size;
}

/** Where cell number `cell` begins. */
export function beginOf(at: number, size: number, cell: number): number {
  return at + CELLS + size * cell;
}

/** The number of the cell that thread `me` may fill now. */
export function spareOf(words: Int32Array, at: number, me: number): number {
  const cell = cellOf(Atomics.load(words, at + CURRENT));
  return cell === 2 * me ? 2 * me + 1 : 2 * me;
}

/** That cell, which was filled, is the latest: those who wait must be told. */
export function publish(words: Int32Array, at: number, cell: number): void {
  for (;;) {
    const current = Atomics.load(words, at + CURRENT);
    const next = (versionOf(current) + 1) & VERSION;
    const version = next === 0 ? 1 : next;
    if (Atomics.compareExchange(words, at + CURRENT, current, (version << CELL_BITS) | cell) === current)
      return;
  }
}

/** What names the latest value: its cell and its version. */
export function currentOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at + CURRENT);
}

/** Whether it is so still, and what was read since was its. Not a load: plain reads before one could come after it. */
export function isCurrent(words: Int32Array, at: number, current: number): boolean {
  return Atomics.compareExchange(words, at + CURRENT, current, current) === current;
}

export function versionOf(current: number): number {
  return current >>> CELL_BITS;
}

/** The number of its cell, which holds it as long as {@link isCurrent} says so. */
export function cellOf(current: number): number {
  return current & CELL;
}
