/**
 * A lock, and who has it: a task by its id, wherever it is, or a thread for what runs only there.
 *
 *   OWNER       0: nobody        > 0: thread number + 1        < 0: ~ the id of a shared task
 *   ABANDONED   1: its last owner died with it
 *
 * It is taken by a compare-and-set that says who, and so it is given back by who dies: the thread, or the task, is known.
 */
const OWNER = 0;
const ABANDONED = 1;
/** Threads that wait for it (waiting.ts). */
export const WAITING = 2;

export const OWNER_WORDS = 3;

/** Of what runs on one thread alone. */
export function ownerThread(me: number): number {
  return me + 1;
}

/** Of a shared task. */
export function ownerTask(id: number): number {
  return ~id;
}

/** Takes the lock for `owner` if it is free. */
export function lock(words: Int32Array, at: number, owner: number): boolean {
  return Atomics.compareExchange(words, at + OWNER, 0, owner) === 0;
}

/** Who has it; 0 for nobody. */
export function ownerOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at + OWNER);
}

/** Frees it: those who wait must be told. False unless `owner` has it. */
export function unlock(words: Int32Array, at: number, owner: number): boolean {
  if (Atomics.load(words, at + OWNER) !== owner) return false;
  Atomics.store(words, at + ABANDONED, 0);
  Atomics.store(words, at + OWNER, 0);
  return true;
}

/** Whether the last owner died with it, since when nobody has released it. */
export function isAbandoned(words: Int32Array, at: number): boolean {
  return Atomics.load(words, at + ABANDONED) !== 0;
}

/** Frees what thread `dead` had, or a task of which `isAlive` says that it is over: all who wait must be told. */
export function bury(words: Int32Array, at: number, dead: number, isAlive: (id: number) => boolean): void {
  const owner = Atomics.load(words, at + OWNER);
  if (owner !== ownerThread(dead) && (owner >= 0 || isAlive(~owner))) return;
  // A task that has ended since it was read may have released it.
  if (Atomics.load(words, at + OWNER) !== owner) return;
  // Others see this before they can have the lock.
  Atomics.store(words, at + ABANDONED, 1);
  Atomics.store(words, at + OWNER, 0);
}
