/**
 * The queue of one worker: a ring that its owner fills, and from which everybody takes, oldest first.
 *
 *              HEAD        TAIL            positions count on for ever, as int32 that wrap;
 *   items   . . 7  4  9  .  .  .           item n lies at n & mask
 *
 *   push    owner    item -> TAIL++                  the item is there before TAIL says so
 *   pop     anybody  read item, HEAD -> HEAD + 1     a compare-and-set: who wins it has the item
 *   steal   others   copy half, HEAD -> HEAD + n     the same, for n items at once
 *
 * What a thief copies may be overwritten meanwhile: only when HEAD has moved past it, and then the thief's
 * compare-and-set fails. Its copies lie behind the end of its own queue, where nobody looks before its TAIL moves.
 *
 * Who dies between the compare-and-set and what follows takes what it won with it: items are hints, the words of the
 * tasks say what is ready (task-word.ts), and `recover` looks at all of those.
 */

/** A place of its own for HEAD and TAIL: a line of the processor's cache, or other threads' writes slow them. */
const LINE = 16;
const HEAD = 0;
const TAIL = LINE;
const ITEMS = 2 * LINE;

/** What {@link pop} gives of an empty queue. */
export const NONE = -1;

/** A steal that another one overtook: there may be more. */
export const LOST = -2;

export interface Deque {
  readonly words: Int32Array;
  readonly at: number;
  /** One less than the number of items, which is a power of two. */
  readonly mask: number;
}

/** Words of a deque for `capacity` items. */
export function dequeWords(capacity: number): number {
  return ITEMS + capacity;
}

/** The deque for `capacity` items, a power of two, at `at`. Zeros are an empty one. */
export function dequeAt(words: Int32Array, at: number, capacity: number): Deque {
  return { words, at, mask: capacity - 1 };
}

/** Owner only: adds `item`; false when the queue is full. */
export function push({ words, at, mask }: Deque, item: number): boolean {
  // Only the owner writes it, so this is no race.
  const tail = words[at + TAIL]!;
  if (((tail - Atomics.load(words, at + HEAD)) | 0) > mask) return false;
  Atomics.store(words, at + ITEMS + (tail & mask), item);
  Atomics.store(words, at + TAIL, tail + 1);
  return true;
}

/** Takes the oldest item, or {@link NONE}. */
export function pop({ words, at, mask }: Deque): number {
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    if (head === Atomics.load(words, at + TAIL)) return NONE;
    const item = Atomics.load(words, at + ITEMS + (head & mask));
    if (Atomics.compareExchange(words, at + HEAD, head, head + 1) === head) return item;
  }
}

/**
 * Takes the older half of `from`: one item to run now, the rest into `to`, the empty queue of the caller.
 *
 * @returns the item, {@link NONE} when there is none, or {@link LOST}
 */
export function steal(from: Deque, to: Deque): number {
  const { words, at, mask } = from;
  const head = Atomics.load(words, at + HEAD);
  const count = (Atomics.load(words, at + TAIL) - head + 1) >> 1;
  if (count === 0) return NONE;
  // More than there can be: HEAD has moved on since it was read, and the rest would be in vain.
  if (count > half(mask)) return LOST;
  const first = Atomics.load(words, at + ITEMS + (head & mask));
  const tail = to.words[to.at + TAIL]!;
  for (let i = 1; i < count; i++) {
    const item = Atomics.load(words, at + ITEMS + ((head + i) & mask));
    Atomics.store(to.words, to.at + ITEMS + ((tail + i - 1) & to.mask), item);
  }
  if (Atomics.compareExchange(words, at + HEAD, head, head + count) !== head) return LOST;
  Atomics.store(to.words, to.at + TAIL, tail + count - 1);
  return first;
}

function half(mask: number): number {
  return (mask + 1) >> 1;
}

/** Owner only: takes the older half out of the queue, which is full; where it begins, for {@link taken}. */
export function takeHalf({ words, at, mask }: Deque): number {
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    // Thieves were here: there is room.
    if (((words[at + TAIL]! - head) | 0) < half(mask)) return NONE;
    if (Atomics.compareExchange(words, at + HEAD, head, head + half(mask)) === head) return head & mask;
  }
}

/** Item `i` of what {@link takeHalf} took from `first` on; until the next `push`, since only the owner fills places. */
export function taken({ words, at, mask }: Deque, first: number, i: number): number {
  return words[at + ITEMS + ((first + i) & mask)]!;
}

/** How many items there are, as far as can be known. */
export function lengthOf({ words, at }: Deque): number {
  const head = Atomics.load(words, at + HEAD);
  return (Atomics.load(words, at + TAIL) - head) | 0;
}
