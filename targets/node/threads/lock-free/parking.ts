/**
 * Who sleeps, who searches, and how a sleeper is woken: for each piece of work one, and none too many.
 *
 * Each worker has a word, and sleeps on it (a futex):
 *
 *              tryToSearch                    prepareToSleep
 *   WORKING ----------------> SEARCHING ------------------------> IDLE         others change this one only:
 *      ^  ^                    |      ^                            |           IDLE -> SEARCHING, and wake it
 *      |  +---- searchEnds ----+      +-- woken, or stayAwake -----+
 *      +------------------- (from WORKING it may go to IDLE, too)
 *
 *   who makes work      publishes it, then looks at the words: one is SEARCHING: nothing to do; one is IDLE: wakes it
 *   who wants to sleep  is IDLE, then looks at all queues once more, then sleeps while its word is still IDLE
 *
 * Each side writes first and looks second, so one of them sees the other: work is never left while all sleep.
 *
 * At most half of the workers search at a time, and who makes work wakes nobody while one searches: it will look again
 * before it sleeps. Therefore the last searcher that ends with work wakes the next: there may be more.
 */

const LINE = 16;
const STOPPED = 0;
const FIRST = LINE;

const WORKING = 0;
const SEARCHING = 1;
const IDLE = 2;
const GONE = 3;

export interface Parking {
  readonly words: Int32Array;
  readonly at: number;
  readonly workers: number;
}

/** Words for `workers` of them. */
export function parkingWords(workers: number): number {
  return FIRST + LINE * workers;
}

/** The parking of `workers` workers at `at`. With zeros, all are working. */
export function parkingAt(words: Int32Array, at: number, workers: number): Parking {
  return { words, at, workers };
}

/** The index of the word that worker `me` sleeps on, and the value it sleeps by, for who sleeps in an event loop. */
export function sleepsOn({ at }: Parking, me: number): number {
  return at + FIRST + LINE * me;
}

export const SLEEPS_BY = IDLE;

/** Begins to search, unless half of the workers do. */
export function tryToSearch({ words, at, workers }: Parking, me: number): boolean {
  if (Atomics.load(words, at + FIRST + LINE * me) === SEARCHING) return true;
  let others = 0;
  for (let who = 0; who < workers; who++) {
    if (Atomics.load(words, at + FIRST + LINE * who) === SEARCHING) others++;
  }
  if (2 * others >= workers) return false;
  Atomics.store(words, at + FIRST + LINE * me, SEARCHING);
  return true;
}

/** `me` has work. The last one to end its search wakes another. */
export function searchEnds(parking: Parking, me: number): void {
  const { words, at } = parking;
  if (Atomics.load(words, at + FIRST + LINE * me) !== SEARCHING) return;
  Atomics.store(words, at + FIRST + LINE * me, WORKING);
  workIsThere(parking);
}

/** Says that `me` will sleep. It must look at all queues after this, and then either {@link sleep} or {@link stayAwake}. */
export function prepareToSleep({ words, at }: Parking, me: number): void {
  Atomics.store(words, at + FIRST + LINE * me, IDLE);
}

/** There was something, or somebody woke `me`: it searches. */
export function stayAwake({ words, at }: Parking, me: number): void {
  Atomics.store(words, at + FIRST + LINE * me, SEARCHING);
}

/** Sleeps until somebody wakes `me`, or for `timeout` ms, and then searches; whether it was woken. */
export function sleep(parking: Parking, me: number, timeout: number): boolean {
  const { words, at } = parking;
  let isWoken = true;
  if (Atomics.load(words, at + STOPPED) === 0) {
    isWoken = Atomics.wait(words, at + FIRST + LINE * me, IDLE, timeout) !== "timed-out";
  }
  stayAwake(parking, me);
  return isWoken;
}

/** Whether `who` works. */
export function isWorking({ words, at }: Parking, who: number): boolean {
  return Atomics.load(words, at + FIRST + LINE * who) === WORKING;
}

/** There is work since before this call: wakes somebody for it, unless one searches. */
export function workIsThere({ words, at, workers }: Parking): void {
  let idle = -1;
  for (let who = 0; who < workers; who++) {
    const state = Atomics.load(words, at + FIRST + LINE * who);
    if (state === SEARCHING) return;
    if (state === IDLE) idle = who;
  }
  // Where that fails, it was woken, or woke, since then: it searches, and will see this work, or wake the next.
  if (idle >= 0) wakeUp(words, at + FIRST + LINE * idle);
}

/** Wakes worker `who` if it sleeps: there is something for it alone. */
export function wakeWorker({ words, at }: Parking, who: number): void {
  wakeUp(words, at + FIRST + LINE * who);
}

/** It is a searcher from here on, or each push until it has come up would wake one more. */
function wakeUp(words: Int32Array, index: number): void {
  if (Atomics.compareExchange(words, index, IDLE, SEARCHING) === IDLE) Atomics.notify(words, index, 1);
}

/** Ends all sleep, for good. */
export function stopAll(parking: Parking): void {
  const { words, at, workers } = parking;
  Atomics.store(words, at + STOPPED, 1);
  for (let who = 0; who < workers; who++) wakeUp(words, at + FIRST + LINE * who);
}

export function isStopped({ words, at }: Parking): boolean {
  return Atomics.load(words, at + STOPPED) !== 0;
}

/** Worker `who` is dead: whom it was about to wake is woken, and nobody relies on its search. */
export function buryWorker({ words, at, workers }: Parking, who: number): void {
  Atomics.store(words, at + FIRST + LINE * who, GONE);
  // It may have died between its compare-and-set and its notify.
  for (let each = 0; each < workers; each++) Atomics.notify(words, at + FIRST + LINE * each);
}

/** A new worker takes the place of a dead one. */
export function replaceWorker({ words, at }: Parking, who: number): void {
  Atomics.store(words, at + FIRST + LINE * who, WORKING);
}
