/**
 * Which table this thread shares, and how threads are told that what their tasks wait for may be there: a word of each,
 * which is set before the thread is woken, and cleared before it looks.
 */
import { wakeWorker } from "../lock-free/parking.js";
import { declared } from "./declared.js";
import type { SharedExecutor } from "./shared-executor.js";
import type { TaskTable } from "./table.js";

/** A thread among those that share a table. */
export interface Place {
  readonly table: TaskTable;
  readonly me: number;
  readonly executor: SharedExecutor;
}

let place: Place | null = null;
let demand: (() => void) | null = null;

/** This thread shares `table` from here on. */
export function shareHere(table: TaskTable, me: number, executor: SharedExecutor): void {
  place = { table, me, executor };
}

/** Who makes a table when one is asked for, and there is none yet. */
export function shareOnDemand(make: () => void): void {
  demand = make;
}

/** What this thread shares with others; null for nothing. */
export function here(): Place | null {
  if (place === null && demand !== null) demand();
  return place;
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
export function lookAgain({ words, looks }: TaskTable, me: number): void {
  Atomics.store(words, looks[me]!, 1);
}

/** Whether thread `me` was told to look. */
export function mustLook({ words, looks }: TaskTable, me: number): boolean {
  return Atomics.load(words, looks[me]!) !== 0;
}

/** Looks, if this thread was told to; whether it was. */
export function lookIfTold(table: TaskTable, me: number): boolean {
  if (!mustLook(table, me)) return false;
  Atomics.store(table.words, table.looks[me]!, 0);
  if (place?.table === table) for (let i = 0; i < declared.length; i++) declared[i]!.look_();
  return true;
}
