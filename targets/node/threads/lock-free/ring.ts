/**
 * A queue that everybody fills and everybody takes from, in order: the injector, the inbox of each worker, and the free
 * slots of each kind, of which the one that is free for longest is used first.
 *
 *   cell     lap (16 bits) | item + 1 (16 bits), or 0 when it is empty
 *
 *   position  HEAD             TAIL
 *   cells    1|0   0|8   0|3   0|0          in lap 0: one item was taken, two are there, one place is free
 *
 *   add     cell at TAIL:  lap|0  -> lap|item      then TAIL + 1
 *   take    cell at HEAD:  lap|item -> lap+1|0     then HEAD + 1
 *
 * The cell decides, and HEAD and TAIL follow: who finds one that lags behind moves it on for whoever was to do it.
 * So nobody waits for anybody, and a thread that dies leaves the queue whole. The lap says whether a cell is
 * that of this round; it comes round itself after 2^16, too late to take one for another.
 */

const LINE = 16;
const HEAD = 0;
const TAIL = LINE;
const CELLS = 2 * LINE;

const ITEM = 0xffff;

/** What {@link take} gives of an empty ring. */
export const EMPTY = -1;

/** One more than the largest item. */
export const ITEM_LIMIT = ITEM;

export interface Ring {
  readonly words: Int32Array;
  readonly at: number;
  readonly mask: number;
  /** Log 2 of the number of cells. */
  readonly shift: number;
}

/** Words of a ring with `capacity` cells. */
export function ringWords(capacity: number): number {
  return CELLS + capacity;
}

/** The ring of `capacity` cells, a power of two, at `at`. Zeros are an empty one. */
export function ringAt(words: Int32Array, at: number, capacity: number): Ring {
  return { words, at, mask: capacity - 1, shift: 31 - Math.clz32(capacity) };
}

/** Adds `item`, from 0 to {@link ITEM_LIMIT} - 1; false when the ring is full. */
export function add({ words, at, mask, shift }: Ring, item: number): boolean {
  for (;;) {
    const tail = Atomics.load(words, at + TAIL);
    const index = at + CELLS + (tail & mask);
    const free = (tail >>> shift) << 16;
    const cell = Atomics.load(words, index);
    if (cell === free) {
      if (Atomics.compareExchange(words, index, free, free | (item + 1)) !== free) continue;
      advance(words, at + TAIL, tail);
      return true;
    }
    // Filled already, in this lap, and perhaps taken; or not yet taken, in the one before.
    if (((cell - free) | 0) > 0) advance(words, at + TAIL, tail);
    else if (Atomics.load(words, at + TAIL) === tail) return false;
  }
}

/** The items that are there, as far as can be known, without taking any. */
export function itemsOf({ words, at, mask, shift }: Ring): Set<number> {
  const items = new Set<number>();
  const head = Atomics.load(words, at + HEAD);
  for (let i = 0; i <= mask; i++) {
    const position = head + i;
    const free = (position >>> shift) << 16;
    const cell = Atomics.load(words, at + CELLS + (position & mask));
    if (cell === free) break;
    // In any other lap it is taken already.
    if (cell >> 16 === free >> 16) items.add((cell & ITEM) - 1);
  }
  return items;
}

/** How many items there are, as far as can be known. */
export function countOf({ words, at }: Ring): number {
  const head = Atomics.load(words, at + HEAD);
  return (Atomics.load(words, at + TAIL) - head) | 0;
}

/** Moves HEAD or TAIL on, unless somebody did. */
function advance(words: Int32Array, index: number, position: number): void {
  Atomics.compareExchange(words, index, position, position + 1);
}

/** Takes the oldest item, or {@link EMPTY}. */
export function take({ words, at, mask, shift }: Ring): number {
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    const index = at + CELLS + (head & mask);
    const free = (head >>> shift) << 16;
    const cell = Atomics.load(words, index);
    if (cell === free) return EMPTY;
    if (cell >> 16 === free >> 16) {
      const next = ((head >>> shift) + 1) << 16;
      if (Atomics.compareExchange(words, index, cell, next) !== cell) continue;
      advance(words, at + HEAD, head);
      return (cell & ITEM) - 1;
    }
    // Taken already: HEAD lags.
    advance(words, at + HEAD, head);
  }
}

/** Whether there is nothing to take. */
export function isEmpty({ words, at, mask, shift }: Ring): boolean {
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    const free = (head >>> shift) << 16;
    const cell = Atomics.load(words, at + CELLS + (head & mask));
    if (cell === free) return true;
    // An item of this lap; in any other lap HEAD lags.
    if (cell >> 16 === free >> 16) return false;
    advance(words, at + HEAD, head);
  }
}
