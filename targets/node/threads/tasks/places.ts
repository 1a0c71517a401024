/**
 * Who may have a task, and its slot: what `begin` and `claim` of its word do not say by themselves. An item too many, of a task
 * that was in a queue twice after the death of a worker, may be of a later life of it, which is at home elsewhere.
 */
import { take, EMPTY } from "../lock-free/ring.js";
import { CANCEL, begin, claim, clearCancel, yieldTask } from "../lock-free/task-word.js";
import { deliver } from "./queues.js";
import { ENDED, HOME, TOLD, WATCHERS, WORD, indexOf, placeOf, type TaskTable } from "./table.js";

/** Takes a slot of the kind that begins at `first`, for a task that `me` fills; -1 when none is free. */
export function claimSlot(table: TaskTable, first: number, me: number): number {
  const { words } = table;
  for (;;) {
    const free = take(table.free.get(first)!);
    if (free === EMPTY) return -1;
    const at = indexOf(table, first + free, 0);
    // A recovery may have listed it twice. Whose end is still to be told or read is listed again by who does that last.
    if (Atomics.load(words, at + WATCHERS) !== ENDED) continue;
    if (claim(words, at + WORD, me) !== 0) return first + free;
  }
}

/** `me` polls the task in `slot` from here on: its word before this, or 0 when another one has it, or is to have it. */
export function beginHere(table: TaskTable, slot: number, me: number): number {
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const before = begin(words, at + WORD, me);
  if (before === 0) return 0;
  const place = placeOf(table, at);
  if (place >= 0 && place !== me) {
    yieldTask(words, at + WORD);
    deliver(table, place, slot);
    return 0;
  }
  if ((before & CANCEL) !== 0) clearCancel(words, at + WORD);
  return before;
}

/** Whether the task at `at` waited on `who`, and words do not say for what: it ends when that thread does. */
export function waitsUntold({ words }: TaskTable, at: number, who: number): boolean {
  return Atomics.load(words, at + HOME) === who + 1 && words[at + TOLD] === 0;
}
