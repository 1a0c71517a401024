/**
 * A queue of cells that all threads fill and empty, in order. A cell has a state, in one word, and the value beside it:
 *
 *   state   lap (16) | who (8) | phase (8)                          position   lap (16) | cell (16): what HEAD and TAIL hold
 *
 *            claimToFill           publish          claimToTake           leave
 *   EMPTY -----------------> FILLING -----> FULL -----------------> HELD -------> CARRIED
 *     ^                        |            ^  ^                     |  ^             |     by a task between two threads
 *     |          closed, dead  v            |  +------ giveBack -----+  +--- arrive --+
 *     |                       HOLE          |                        |
 *     +-- next lap, room for one more ------|------- free -----------+
 *
 * The cell decides, HEAD and TAIL follow: who finds one that lags behind moves it on. HEAD goes back to an item that was
 * given back, which is then the oldest again; who moves HEAD on looks whether that has just happened.
 *
 * A cell whose item is held for long is left out when TAIL comes round to it: its lap is moved on, and so no task that waits, or is
 * paused, keeps others from sending. So is any cell of a bag. Whoever has a cell changes it by compare-and-set, therefore.
 *
 * A claim names its thread in the same step. So when a thread dies (`bury`), the cell that it was filling becomes a hole,
 * which receivers skip, and items that it had taken, and not yet handed to the code of a task, are given back: none is lost, none is
 * there twice. Nobody ever waits for a cell that another thread is filling: to a receiver it is not there yet, and it will be told.
 *
 * A sender looks at CLOSED after it has a cell, and makes a hole of it where `close` was first. A receiver looks at it before it
 * looks for an item. So who sees a closed channel without items knows that none will come.
 */
const LINE = 16;
const HEAD = 0;
const TAIL = LINE;
const CLOSED = 2 * LINE;
/** Threads that wait for items, and for room (waiting.ts). */
export const RECEIVERS = CLOSED + 1;
export const SENDERS = CLOSED + 2;
const CELLS = 3 * LINE;

/** Words of a cell: its state; a tag and a double, at an even word, for the value. */
const CELL = 6;
export const TAG = 1;
export const VALUE = 2;
/** The task that carries it. */
const CARRIER = 4;

const EMPTY = 0;
const FILLING = 1;
const FULL = 2;
const HELD = 3;
const CARRIED = 4;
const HOLE = 5;
const PHASE = 0xff;
const WHO_SHIFT = 8;
const LAP = -0x10000;
const INDEX = 0xffff;
const NEXT_LAP = 0x10000;

/** What claims give where there is no cell. */
export const NONE = -1;
export const OVER = -2;
/** There was none, and there is room for one more now: senders must be told; try again. */
export const MADE_ROOM = -3;

export const MOST_CELLS = INDEX;

export interface Cells {
  readonly words: Int32Array;
  readonly at: number;
  readonly capacity: number;
}

/** Words of a channel with `capacity` cells. Zeros are an empty one. */
export function cellsWords(capacity: number): number {
  return CELLS + CELL * capacity;
}

/** Where a cell begins. */
export function cellAt({ at }: Cells, cell: number): number {
  return at + CELLS + CELL * cell;
}

function phaseOf(state: number): number {
  return state & PHASE;
}

function nextOf(position: number, capacity: number): number {
  const isLast = (position & INDEX) === capacity - 1;
  return isLast ? (position & LAP) + NEXT_LAP : position + 1;
}

/** How the laps of a cell's state and of a position compare: 0, below, or above when that position is long past. */
function lapsBetween(state: number, position: number): number {
  return ((state & LAP) - (position & LAP)) | 0;
}

// Senders.

/**
 * Takes a cell for `me` to fill; {@link NONE} when all are in use, {@link OVER} when the channel is closed.
 *
 * A `bag` has no order: whatever lies in the way goes behind others, also what another thread is filling, and a hole is room. There is
 * none when a whole round found none: who knows better, since others were faster, tries again.
 */
export function claimToFill(cells: Cells, me: number, bag = false): number {
  const { words, at, capacity } = cells;
  if (Atomics.load(words, at + CLOSED) !== 0) return OVER;
  for (let left = capacity; ;) {
    const tail = Atomics.load(words, at + TAIL);
    const cell = tail & INDEX;
    const index = cellAt(cells, cell);
    const state = Atomics.load(words, index);
    const laps = lapsBetween(state, tail);
    const phase = phaseOf(state);
    if (laps < 0) {
      const isInTheWay = bag || phase === HELD || phase === CARRIED;
      const next = phase === HOLE ? EMPTY : state & ~LAP;
      if (isInTheWay && left-- > 0)
        Atomics.compareExchange(words, index, state, ((state & LAP) + NEXT_LAP) | next);
      else if (Atomics.load(words, at + TAIL) === tail) return NONE;
      continue;
    }
    const isFree = laps === 0 && phase === EMPTY;
    const mine = (tail & LAP) | (me << WHO_SHIFT) | FILLING;
    if (isFree && Atomics.compareExchange(words, index, state, mine) !== state) continue;
    Atomics.compareExchange(words, at + TAIL, tail, nextOf(tail, capacity));
    if (isFree) return cell;
  }
}

/** What was claimed goes out, filled: receivers must be told. Not when the channel {@link isClosed} now: then {@link discard}. */
export function publish(cells: Cells, cell: number): void {
  change(cells, cell, FULL, 0);
}

/** What was claimed does not go out: receivers must be told, since they skip it. */
export function discard(cells: Cells, cell: number): void {
  change(cells, cell, HOLE, 0);
}

/** A claim as a number, by which {@link isPublished} knows it again. */
export function claimOf(cells: Cells, cell: number): number {
  return (Atomics.load(cells.words, cellAt(cells, cell)) & LAP) | cell;
}

/** Whether what was claimed so, by a thread that is dead and not buried, went out. */
export function isPublished(cells: Cells, claim: number): boolean {
  const state = Atomics.load(cells.words, cellAt(cells, claim & INDEX));
  return lapsBetween(state, claim) !== 0 || phaseOf(state) !== FILLING;
}

// Receivers.

/**
 * Takes the oldest item for `me`: its cell. {@link NONE} when there is none now, {@link OVER} when there never will be:
 * the channel is closed, and nobody has an item that could be given back. {@link MADE_ROOM}.
 */
export function claimToTake(cells: Cells, me: number): number {
  const { words, at } = cells;
  const isClosed = Atomics.load(words, at + CLOSED) !== 0;
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    const cell = head & INDEX;
    const index = cellAt(cells, cell);
    const state = Atomics.load(words, index);
    const laps = lapsBetween(state, head);
    const phase = phaseOf(state);
    if (laps < 0 || (laps === 0 && phase <= FILLING)) return isClosed && isDrained(cells) ? OVER : NONE;
    const isHole = laps === 0 && phase === HOLE;
    const isItem = laps === 0 && phase === FULL;
    const lap = head & LAP;
    const next = isHole ? (lap + NEXT_LAP) | EMPTY : lap | (me << WHO_SHIFT) | HELD;
    if ((isHole || isItem) && Atomics.compareExchange(words, index, state, next) !== state) continue;
    passHead(cells, head);
    if (isHole) return MADE_ROOM;
    if (isItem) return cell;
  }
}

/** Moves HEAD on, unless somebody did; and back, when the item there was given back meanwhile. */
function passHead(cells: Cells, head: number): void {
  const { words, at, capacity } = cells;
  Atomics.compareExchange(words, at + HEAD, head, nextOf(head, capacity));
  if (Atomics.load(words, cellAt(cells, head & INDEX)) === ((head & LAP) | FULL)) headBack(cells, head);
}

/** Moves HEAD back to `position`, if it is beyond. */
function headBack({ words, at }: Cells, position: number): void {
  for (;;) {
    const head = Atomics.load(words, at + HEAD);
    if (((head - position) | 0) <= 0) return;
    if (Atomics.compareExchange(words, at + HEAD, head, position) === head) return;
  }
}

/** Whether all cells of a closed channel are empty. */
function isDrained(cells: Cells): boolean {
  for (let cell = 0; cell < cells.capacity; cell++) {
    if (phaseOf(Atomics.load(cells.words, cellAt(cells, cell))) !== EMPTY) return false;
  }
  return true;
}

/** Gives a cell that is this thread's another state; the new one. Senders may move its lap on meanwhile. */
function change(cells: Cells, cell: number, to: number, laps: number): number {
  const index = cellAt(cells, cell);
  for (;;) {
    const state = Atomics.load(cells.words, index);
    const next = ((state & LAP) + laps) | to;
    if (Atomics.compareExchange(cells.words, index, state, next) === state) return next;
  }
}

/** Its item was read: senders must be told, and once the channel is closed, receivers. */
export function free(cells: Cells, cell: number): void {
  change(cells, cell, EMPTY, NEXT_LAP);
}

/** Gives an item that was not read back: receivers must be told. */
export function giveBack(cells: Cells, cell: number): void {
  headBack(cells, (change(cells, cell, FULL, 0) & LAP) | cell);
}

/** The task `id`, which has the item, leaves this thread. */
export function leave(cells: Cells, cell: number, id: number): void {
  Atomics.store(cells.words, cellAt(cells, cell) + CARRIER, id);
  change(cells, cell, CARRIED, 0);
}

/** It goes on on thread `me`; false when it has no item there any more, since its thread died before it left. */
export function arrive(cells: Cells, cell: number, id: number, me: number): boolean {
  const index = cellAt(cells, cell);
  const isCarried = phaseOf(Atomics.load(cells.words, index)) === CARRIED;
  if (!isCarried || Atomics.load(cells.words, index + CARRIER) !== id) return false;
  change(cells, cell, (me << WHO_SHIFT) | HELD, 0);
  return true;
}

// Ends.

/** Lets no more items in: all who wait must be told. */
export function close({ words, at }: Cells): void {
  Atomics.store(words, at + CLOSED, 1);
}

export function isClosed({ words, at }: Cells): boolean {
  return Atomics.load(words, at + CLOSED) !== 0;
}

/** Items that wait, as far as can be known. */
export function countOf({ words, at, capacity }: Cells): number {
  const head = Atomics.load(words, at + HEAD);
  const tail = Atomics.load(words, at + TAIL);
  const count = (lapsBetween(tail, head) >> 16) * capacity + (tail & INDEX) - (head & INDEX);
  return Math.max(0, Math.min(count, capacity));
}

/** Thread `dead` is no more, nor are tasks of which `isAlive` says so: all who wait must be told. */
export function bury(cells: Cells, dead: number, isAlive: (id: number) => boolean): void {
  for (let cell = 0; cell < cells.capacity; cell++) buryCell(cells, cell, dead, isAlive);
}

function buryCell(cells: Cells, cell: number, dead: number, isAlive: (id: number) => boolean): void {
  const index = cellAt(cells, cell);
  const state = Atomics.load(cells.words, index);
  const phase = phaseOf(state);
  const isOfDead = ((state >> WHO_SHIFT) & PHASE) === dead;
  if (phase === FILLING && isOfDead) discard(cells, cell);
  else if (phase === HELD && isOfDead) giveBack(cells, cell);
  else if (phase === CARRIED && !isAlive(Atomics.load(cells.words, index + CARRIER))) {
    // Not when its task has come to a thread, and ended there, since the state was read.
    Atomics.compareExchange(cells.words, index, state, (state & LAP) | FULL);
    buryCell(cells, cell, dead, isAlive);
  }
  // It died when it had moved HEAD on, and not yet looked.
  else if (phase === FULL) headBack(cells, (state & LAP) | cell);
}
