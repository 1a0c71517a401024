/**
 * Which table this thread shares, and how threads are told that what their tasks wait for may be there: a word of each,
 * which is set before the thread is woken, and cleared before it looks.
 */
import { SEMAPHORE_WORDS } from "../lock-free/semaphore.js";
import { wakeWorker } from "../lock-free/parking.js";
import { declaredSemaphores } from "./declared.js";
import type { TaskTable } from "./table.js";

interface Place {
  readonly table: TaskTable;
  readonly me: number;
  /** Of the semaphore that was asked for. */
  at: number;
}

let place: Place | null = null;

/** This thread shares `table` from here on. */
export function shareHere(table: TaskTable, me: number): void {
  place = { table, me, at: 0 };
}

/** Where semaphore `number` lies for this thread; null when its threads do not know it. Valid until the next call. */
export function here(number: number): Readonly<Place> | null {
  if (place === null || number >= place.table.semaphores) return null;
  place.at = semaphoreAt(place.table, number);
  return place;
}

/** The first word of semaphore `number`. */
export function semaphoreAt({ firstSemaphore }: TaskTable, number: number): number {
  return firstSemaphore + number * SEMAPHORE_WORDS;
}

/** Tells threads to look, a bit each. */
export function tellThreads(table: TaskTable, threads: number): void {
  for (let who = 0, left = threads; left !== 0; who++, left >>>= 1) {
    if ((left & 1) === 0) continue;
    Atomics.store(table.words, table.looks[who]!, 1);
    wakeWorker(table.parking, who);
  }
}

/** This thread looks before it sleeps. */
export function lookAgain(): void {
  if (place !== null) Atomics.store(place.table.words, place.table.looks[place.me]!, 1);
}

/** Whether thread `me` was told to look. */
export function mustLook({ words, looks }: TaskTable, me: number): boolean {
  return Atomics.load(words, looks[me]!) !== 0;
}

/** Looks, if this thread was told to; whether it was. */
export function lookIfTold(table: TaskTable, me: number): boolean {
  if (!mustLook(table, me)) return false;
  Atomics.store(table.words, table.looks[me]!, 0);
  if (place?.table === table) for (const { look } of declaredSemaphores) look();
  return true;
}
