/**
 * The life of a shared task, in one word of its slot. Every change is one of these functions.
 *
 *   generation (15) | runner (8) | CANCEL | CLAIMED | RUNNING | NOTIFIED        none of the last three: it waits,
 *     bits 16-30       bits 8-15                                                or the slot is free (FREE)
 *
 *   FREE --claim--> CLAIMED --start--> NOTIFIED --begin--> RUNNING --suspend--> waits        CLAIMED: the spawner fills
 *    ^                                   ^  ^                |  |                 |          the frame, `runner` says who
 *    |                                   |  +-- yield -------+  |                 |
 *    |                                   +----------------------|----- wake ------+
 *    +----------------------------------- finish ---------------+
 *
 *   wake while RUNNING     NOTIFIED | RUNNING: suspend then says that it must be queued again
 *   cancel                 sets CANCEL and wakes, in one step
 *
 * Who makes a task NOTIFIED that was not, and not RUNNING, queues it; who takes it from a queue must `begin` it, and only
 * one of any number of those succeeds. So an item may be in queues twice, or in none (its thread died): no task is polled
 * twice at once, and each whose word says NOTIFIED can be queued again by whoever finds it so (recover.ts).
 */

export const NOTIFIED = 1;
export const RUNNING = 2;
export const CLAIMED = 4;
export const CANCEL = 8;
/** Set in slots without a task; their generation is that of the last one. */
export const FREE = 16;

const LIFE = NOTIFIED | RUNNING | CLAIMED | CANCEL | FREE;
const RUNNER_SHIFT = 8;
const RUNNER = 0xff << RUNNER_SHIFT;
const GENERATION_SHIFT = 16;
const GENERATION = 0x7fff << GENERATION_SHIFT;

/** What {@link wake} and {@link cancel} found. Only after `WOKEN` must the task be queued. */
export const WOKEN = 0;
export const ALREADY = 1;
export const STALE = 2;

export function generationOf(word: number): number {
  return (word & GENERATION) >> GENERATION_SHIFT;
}

/** Who runs the task, or fills its frame; of a slot that is free, who ran the one that is over. */
export function runnerOf(word: number): number {
  return (word & RUNNER) >> RUNNER_SHIFT;
}

/** Takes the slot for a new task; its word, or 0 when it is not free. */
export function claim(words: Int32Array, at: number, me: number): number {
  const word = Atomics.load(words, at);
  if ((word & FREE) === 0) return 0;
  const generation = (word + (1 << GENERATION_SHIFT)) & GENERATION;
  const claimed = generation | (me << RUNNER_SHIFT) | CLAIMED;
  return Atomics.compareExchange(words, at, word, claimed) === word ? claimed : 0;
}

/** The spawner has filled the frame: the task is ready, and must be queued. */
export function start(words: Int32Array, at: number): void {
  // Nobody else changes it while it is CLAIMED.
  const word = Atomics.load(words, at);
  Atomics.store(words, at, (word & GENERATION) | NOTIFIED);
}

/** Gives the slot back before the task has begun. */
export function unclaim(words: Int32Array, at: number): void {
  const word = Atomics.load(words, at);
  Atomics.store(words, at, (word & GENERATION) | FREE);
}

/**
 * `me` took the task from a queue: its word before this, or 0 when another one has it. A CANCEL stays in it, until the
 * poll knows of it: {@link clearCancel}.
 */
export function begin(words: Int32Array, at: number, me: number): number {
  for (;;) {
    const word = Atomics.load(words, at);
    if ((word & (NOTIFIED | RUNNING)) !== NOTIFIED) return 0;
    const running = (word & (GENERATION | CANCEL)) | (me << RUNNER_SHIFT) | RUNNING;
    if (Atomics.compareExchange(words, at, word, running) === word) return word;
  }
}

/** The poll knows that it is cancelled. */
export function clearCancel(words: Int32Array, at: number): void {
  Atomics.and(words, at, ~CANCEL);
}

/**
 * `me` takes a task that waits or is ready, so that nobody else begins or changes it until {@link suspend}, which tells whether
 * it must be queued; false when somebody has it, or there is none.
 */
export function seize(words: Int32Array, at: number, me: number): boolean {
  for (;;) {
    const word = Atomics.load(words, at);
    if ((word & (FREE | CLAIMED | RUNNING)) !== 0) return false;
    const seized = (word & ~RUNNER) | (me << RUNNER_SHIFT) | RUNNING;
    if (Atomics.compareExchange(words, at, word, seized) === word) return true;
  }
}

/** The task waits, unless something woke it during its poll: true, and it must be queued. */
export function suspend(words: Int32Array, at: number): boolean {
  return (Atomics.and(words, at, ~RUNNING) & NOTIFIED) !== 0;
}

/** The task is ready again, and must be queued. */
export function yieldTask(words: Int32Array, at: number): void {
  Atomics.or(words, at, NOTIFIED);
  Atomics.and(words, at, ~RUNNING);
}

/** Something the task waits for has happened. */
export function wake(words: Int32Array, at: number, generation: number): number {
  return notify(words, at, generation, NOTIFIED);
}

/** The task shall end. */
export function cancel(words: Int32Array, at: number, generation: number): number {
  return notify(words, at, generation, NOTIFIED | CANCEL);
}

function notify(words: Int32Array, at: number, generation: number, bits: number): number {
  for (;;) {
    const word = Atomics.load(words, at);
    if (generationOf(word) !== generation || (word & (FREE | CLAIMED)) !== 0) return STALE;
    if ((word & bits) === bits) return ALREADY;
    if (Atomics.compareExchange(words, at, word, word | bits) !== word) continue;
    return (word & (NOTIFIED | RUNNING)) === 0 ? WOKEN : ALREADY;
  }
}

/** The task is over, and its slot free: `runner` is to tell so. */
export function finish(words: Int32Array, at: number): void {
  const word = Atomics.load(words, at);
  Atomics.store(words, at, (word & ~LIFE) | FREE);
}
