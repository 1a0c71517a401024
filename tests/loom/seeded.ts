/** Mistakes that people make in such code, as changes of the bundle: each must be found. */

export interface Seeded {
  readonly name: string;
  /** The file without its ending; its scenarios look for the mistake. */
  readonly file: string;
  /** What is replaced, and by what: in one function of that file. */
  readonly from: string;
  readonly to: string;
}

export const seeded: readonly Seeded[] = [
  {
    name: "a thread that pops takes the item by a store",
    file: "deque",
    from: "if (Atomics.compareExchange(words, at + HEAD, head, head + 1) === head) return item;",
    to: "Atomics.store(words, at + HEAD, head + 1); return item;",
  },
  {
    name: "an item can be seen before it is there",
    file: "deque",
    from: "Atomics.store(words, at + ITEMS + (tail & mask), item);\n    Atomics.store(words, at + TAIL, tail + 1);",
    to: "Atomics.store(words, at + TAIL, tail + 1); Atomics.store(words, at + ITEMS + (tail & mask), item);",
  },
  {
    name: "one item more than there is room for",
    file: "deque",
    from: "| 0) > mask) return false;",
    to: "| 0) > mask + 1) return false;",
  },
  {
    name: "a thief reads what it has after it said so",
    file: "deque",
    from: "const first = Atomics.load(words, at + ITEMS + (head & mask));",
    to: "if (Atomics.compareExchange(words, at + HEAD, head, head + 1) === head) return Atomics.load(words, at + ITEMS + (head & mask)); const first = -1;",
  },
  {
    name: "a thief shows its loot before it is its own",
    file: "deque",
    from: "if (Atomics.compareExchange(words, at + HEAD, head, head + count) !== head) return LOST;\n    Atomics.store(to.words, to.at + TAIL, tail + count - 1);",
    to: "Atomics.store(to.words, to.at + TAIL, tail + count - 1); if (Atomics.compareExchange(words, at + HEAD, head, head + count) !== head) return LOST;",
  },
  {
    name: "the owner takes half by a store",
    file: "deque",
    from: "if (Atomics.compareExchange(words, at + HEAD, head, head + half(mask)) === head) return head & mask;",
    to: "Atomics.store(words, at + HEAD, head + half(mask)); return head & mask;",
  },
  {
    name: "TAIL moves before the cell is filled",
    file: "ring",
    from: "if (Atomics.compareExchange(words, index, free, free | item + 1) !== free) continue;\n        advance(words, at + TAIL, tail);",
    to: "if (Atomics.compareExchange(words, at + TAIL, tail, tail + 1) !== tail) continue; Atomics.store(words, index, free | item + 1);",
  },
  {
    name: "cells without a lap",
    file: "ring",
    from: "const next = (head >>> shift) + 1 << 16;",
    to: "const next = head >>> shift << 16;",
  },
  {
    name: "an item is taken by a store",
    file: "ring",
    from: "if (Atomics.compareExchange(words, index, cell, next) !== cell) continue;",
    to: "Atomics.store(words, index, next);",
  },
  {
    name: "nobody moves TAIL on for a thread that died",
    file: "ring",
    from: "if ((cell - free | 0) > 0) advance(words, at + TAIL, tail);",
    to: "if ((cell - free | 0) > 0) continue;",
  },
  {
    name: "a slot is read, then cleared",
    file: "lifo-slot",
    from: "return Atomics.exchange(words, at, NONE);",
    to: "const item = Atomics.load(words, at); Atomics.store(words, at, NONE); return item;",
  },
  {
    name: "who wants to sleep leaves its search first, and says so later",
    file: "parking",
    from: "Atomics.wait(words, at + FIRST + LINE * me, IDLE, timeout)",
    to: "Atomics.wait(words, at + FIRST + LINE * me, Atomics.load(words, at + FIRST + LINE * me), timeout)",
  },
  {
    name: "a sleeper is woken without being told why",
    file: "parking",
    from: "if (Atomics.compareExchange(words, index, IDLE, SEARCHING) === IDLE) Atomics.notify(words, index, 1);",
    to: "if (Atomics.load(words, index) === IDLE) Atomics.notify(words, index, 1);",
  },
  {
    name: "two are woken for one piece of work",
    file: "parking",
    from: "if (Atomics.compareExchange(words, index, IDLE, SEARCHING) === IDLE) Atomics.notify(words, index, 1);",
    to: "if (Atomics.compareExchange(words, index, IDLE, WORKING) === IDLE) Atomics.notify(words, index, 1);",
  },
  {
    name: "the last searcher wakes nobody",
    file: "parking",
    from: "Atomics.store(words, at + FIRST + LINE * me, WORKING);\n    workIsThere(parking);",
    to: "Atomics.store(words, at + FIRST + LINE * me, WORKING);",
  },
  {
    name: "a dead searcher is believed to search on",
    file: "parking",
    from: "Atomics.store(words, at + FIRST + LINE * who, GONE);",
    to: "",
  },
  {
    name: "two threads poll one task",
    file: "task-word",
    from: "if (Atomics.compareExchange(words, at, word, running) === word) return word;",
    to: "Atomics.store(words, at, running); return word;",
  },
  {
    name: "a wake during a poll is forgotten",
    file: "task-word",
    from: "return (Atomics.and(words, at, ~RUNNING) & NOTIFIED) !== 0;",
    to: "const word = Atomics.load(words, at); Atomics.store(words, at, word & GENERATION); return (word & NOTIFIED) !== 0;",
  },
  {
    name: "a task that is polled is queued by its waker, too",
    file: "task-word",
    from: "if ((word & (NOTIFIED | RUNNING)) !== NOTIFIED) return 0;",
    to: "if ((word & NOTIFIED) === 0) return 0;",
  },
  {
    name: "an old id wakes a new task",
    file: "task-word",
    from: "if (generationOf(word) !== generation || (word & (FREE | CLAIMED)) !== 0) return STALE;",
    to: "if ((word & (FREE | CLAIMED)) !== 0) return STALE;",
  },
  {
    name: "a cancel that wakes nobody",
    file: "task-word",
    from: "return notify(words, at, generation, NOTIFIED | CANCEL);",
    to: "return notify(words, at, generation, CANCEL);",
  },
  {
    name: "a job is taken by its name alone",
    file: "jobs",
    from: "if (this.change(slot, QUEUED, RUNNING | worker << WORKER_SHIFT)) return slot;",
    to: "Atomics.store(words, this.at_(slot) + STATE, RUNNING | worker << WORKER_SHIFT); return slot;",
  },
  {
    name: "a job is named before it is there",
    file: "jobs",
    from: "Atomics.store(this.words, at + STATE, QUEUED);",
    to: "",
  },
  {
    name: "a job ends although it is condemned",
    file: "jobs",
    from: "return this.change(slot, RUNNING | owner, state | owner);",
    to: "Atomics.store(this.words, this.at_(slot) + STATE, state | owner); return true;",
  },
  {
    name: "a sleeper is woken without a notify",
    file: "jobs",
    from: "Atomics.notify(this.words, word);",
    to: "",
  },
  {
    name: "a worker wakes up although it was dismissed",
    file: "jobs",
    from: "if (state === DISMISSED) return false;",
    to: "",
  },
  {
    name: "a permit is taken by a store",
    file: "semaphore",
    from: "if (Atomics.compareExchange(words, at + FREE, free, free - 1) === free) return true;",
    to: "Atomics.store(words, at + FREE, free - 1); return true;",
  },
  {
    name: "who wants to wait for a permit says so, and does not look again",
    file: "semaphore",
    from: "waitFor(words, at + WAITING, me);\n    return takePermit(words, at);",
    to: "waitFor(words, at + WAITING, me); return false;",
  },
  {
    name: "a thread that waits wipes out the bit of another",
    file: "waiting",
    from: "Atomics.or(words, at, 1 << me);",
    to: "Atomics.store(words, at, Atomics.load(words, at) | (1 << me));",
  },
  {
    name: "who gives a permit back wipes out the bit of one that has just come",
    file: "waiting",
    from: "return Atomics.exchange(words, at, 0);",
    to: "const told = Atomics.load(words, at); Atomics.store(words, at, 0); return told;",
  },
  {
    name: "threads are told before the permit is there",
    file: "semaphore",
    from: "if (Atomics.compareExchange(words, at + FREE, free, free + 1) === free) break;\n    }\n    return whoWaits(words, at + WAITING);",
    to: "const told = whoWaits(words, at + WAITING); if (Atomics.compareExchange(words, at + FREE, free, free + 1) === free) return told; }",
  },
  {
    name: "a cell is taken by a store, to be filled",
    file: "channel",
    from: "if (isFree && Atomics.compareExchange(words, index, state, mine) !== state) continue;",
    to: "if (isFree) Atomics.store(words, index, mine);",
  },
  {
    name: "an item is taken by a store",
    file: "channel",
    from: "if ((isHole || isItem) && Atomics.compareExchange(words, index, state, next) !== state) continue;",
    to: "if (isHole || isItem) Atomics.store(words, index, next);",
  },
  {
    name: "who moves HEAD on does not look what was given back meanwhile",
    file: "channel",
    from: "if (Atomics.load(words, cellAt(cells, head & INDEX)) === (head & LAP | FULL)) headBack(cells, head);",
    to: "",
  },
  {
    name: "an item that is given back is not the oldest again",
    file: "channel",
    from: "headBack(cells, change(cells, cell, FULL, 0) & LAP | cell);",
    to: "change(cells, cell, FULL, 0);",
  },
  {
    name: "a receiver looks for an item, and then whether the channel is closed",
    file: "channel",
    from: "return isClosed2 && isDrained(cells) ? OVER : NONE;",
    to: "return Atomics.load(words, at + CLOSED) !== 0 ? OVER : NONE;",
  },
  {
    name: "a closed channel is over while somebody has an item",
    file: "channel",
    from: "return isClosed2 && isDrained(cells) ? OVER : NONE;",
    to: "return isClosed2 ? OVER : NONE;",
  },
  {
    name: "a held cell changes its state by a store, while its lap is moved on",
    file: "channel",
    from: "if (Atomics.compareExchange(cells.words, index, state, next) === state) return next;",
    to: "Atomics.store(cells.words, index, next); return next;",
  },
  {
    name: "what the dead were filling stays so",
    file: "channel",
    from: "if (phase === FILLING && isOfDead) discard(cells, cell);",
    to: "if (phase === FILLING && isOfDead) ;",
  },
  {
    name: "what the dead had taken is lost",
    file: "channel",
    from: "else if (phase === HELD && isOfDead) giveBack(cells, cell);",
    to: "else if (phase === HELD && isOfDead) free(cells, cell);",
  },
  {
    name: "two parties are the last",
    file: "rounds",
    from: "if (Atomics.compareExchange(words, at, word, next) === word) return isLast ? LAST : word >>> ROUND_SHIFT;",
    to: "Atomics.store(words, at, next); return isLast ? LAST : word >>> ROUND_SHIFT;",
  },
  {
    name: "a lock is looked at, then taken",
    file: "owner",
    from: "return Atomics.compareExchange(words, at + OWNER, 0, owner) === 0;",
    to: "if (Atomics.load(words, at + OWNER) !== 0) return false; Atomics.store(words, at + OWNER, owner); return true;",
  },
  {
    name: "the lock of the dead is free before it is known why",
    file: "owner",
    from: "Atomics.store(words, at + ABANDONED, 1);\n    Atomics.store(words, at + OWNER, 0);",
    to: "Atomics.store(words, at + OWNER, 0); Atomics.store(words, at + ABANDONED, 1);",
  },
  {
    name: "a thread fills the cell that is current",
    file: "latest",
    from: "return cell === 2 * me ? 2 * me + 1 : 2 * me;",
    to: "return 2 * me;",
  },
  {
    name: "who was polled last is taken for the one being polled, in the event loop",
    file: "loop",
    from: "this.isInTurn_ = false;\n        leave(null);",
    to: "this.isInTurn_ = false;",
  },
  {
    name: "who is woken while it waits for something else believes that it sleeps",
    file: "loop",
    from: "this.turnSoon();\n        return;\n      }\n      const wait",
    to: "return;\n      }\n      const wait",
  },
  {
    name: "a trace is told as it was read",
    file: "observer",
    from: "return all2.slice(Math.max((Atomics.load(words, trace) >>> 0) - turns - first, 0));",
    to: "return all2;",
  },
];
