/**
 * The end of a task, and those who wait for it on other threads.
 *
 *   WATCHERS   ENDED | bits        no ENDED: the task is not over; who sets its bit now is told
 *                                  ENDED | bits: over; these have still to read the result
 *                                  ENDED alone: the slot is free
 *
 * A slot whose WORD is FREE and that is not ENDED is the runner's to announce, or that of who recovers after its death.
 *
 * So the slot is used again only when all have read what it has for them, who asked in time. Those who ask later
 * may find it as long as no other task has the slot.
 */
import { ELSEWHERE, tagOf, untagged } from "../../../../core/shared/values.js";
import { add } from "../lock-free/ring.js";
import { FREE, finish, generationOf } from "../lock-free/task-word.js";
import { wakeWorker } from "../lock-free/parking.js";
import { ENDED, HOW, RESULT, TAG, WATCHERS, WORD, indexOf, type TaskTable } from "./table.js";

/** HOW a task ended. */
export const DONE = 1;
export const FAULTED = 2;
export const CANCELLED = 3;
/** Its worker died. */
export const LOST = 4;

/** What {@link watch} found. */
export const WATCHING = 0;
export const OVER = 1;
export const GONE = 2;

/** Whether words can hold `value`. */
export function isPlain(value: unknown): boolean {
  return tagOf(value) !== ELSEWHERE;
}

/** The runner of a task tells how it ended. */
export function endTask(
  table: TaskTable,
  slot: number,
  kindFirst: number,
  how: number,
  value: unknown,
): void {
  const { words, doubles } = table;
  const at = indexOf(table, slot, 0);
  words[at + HOW] = how;
  words[at + TAG] = how === DONE ? tagOf(value) : 0;
  if (typeof value === "number") doubles[(at + RESULT) >> 1] = value;
  finish(words, at + WORD);
  announce(table, slot, kindFirst);
}

/** Tells the watchers; where there are none, the slot is free. */
export function announce(table: TaskTable, slot: number, kindFirst: number): void {
  const { words, ends, parking } = table;
  const watchers = Atomics.or(words, indexOf(table, slot, WATCHERS), ENDED) & ~ENDED;
  for (let who = 0, left = watchers; left !== 0; who++, left >>>= 1) {
    if ((left & 1) === 0) continue;
    add(ends[who]!, slot);
    wakeWorker(parking, who);
  }
  if (watchers === 0) add(table.free.get(kindFirst)!, slot - kindFirst);
}

/** Whether thread `me` is yet to read the result of the task in `slot`: it may be told twice. */
export function isTold(table: TaskTable, slot: number, me: number): boolean {
  const watchers = Atomics.load(table.words, indexOf(table, slot, WATCHERS));
  return (watchers & ENDED) !== 0 && (watchers & (1 << me)) !== 0;
}

/** Thread `me` wants to know of the end of the task of that generation in `slot`. */
export function watch(table: TaskTable, slot: number, generation: number, me: number): number {
  const { words } = table;
  const at = indexOf(table, slot, 0);
  for (;;) {
    const watchers = Atomics.load(words, at + WATCHERS);
    const word = Atomics.load(words, at + WORD);
    if (generationOf(word) !== generation) return GONE;
    if ((watchers & ENDED) !== 0 && (word & FREE) !== 0) return OVER;
    if (Atomics.compareExchange(words, at + WATCHERS, watchers, watchers | (1 << me)) !== watchers) continue;
    if (generationOf(Atomics.load(words, at + WORD)) === generation) return WATCHING;
    Atomics.and(words, at + WATCHERS, ~(1 << me));
    return GONE;
  }
}

/** Whether what was read of the end of that task was its own: who did not {@link watch} it in time asks afterwards. */
export function isStill(table: TaskTable, slot: number, generation: number): boolean {
  return generationIn(table, slot) === generation;
}

/** Thread `me` has read the result of the task in `slot`, or is dead: the last one frees the slot. */
export function unwatch(table: TaskTable, slot: number, kindFirst: number, me: number): void {
  const before = Atomics.and(table.words, indexOf(table, slot, WATCHERS), ~(1 << me));
  if ((before & (1 << me)) !== 0 && (before & ~(1 << me)) === ENDED)
    add(table.free.get(kindFirst)!, slot - kindFirst);
}

/** How the task that was in `slot` ended. */
export function howOf(table: TaskTable, slot: number): number {
  return table.words[indexOf(table, slot, HOW)]!;
}

/** Which of all tasks of `slot` that was. */
export function generationIn(table: TaskTable, slot: number): number {
  return generationOf(Atomics.load(table.words, indexOf(table, slot, WORD)));
}

/** Its result, as far as it is in memory. */
export function resultOf(table: TaskTable, slot: number): unknown {
  const at = indexOf(table, slot, 0);
  return untagged(table.words[at + TAG]!, table.doubles[(at + RESULT) >> 1]!);
}

/** Whether only the thread where the task ended has its result. */
export function isElsewhere(table: TaskTable, slot: number): boolean {
  return table.words[indexOf(table, slot, TAG)] === ELSEWHERE;
}
