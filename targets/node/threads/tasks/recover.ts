/**
 * After the death of a worker: what it had is found by the words of the tasks, whatever it was in the middle of.
 *
 *   ran, or was being spawned           it has failed, once; its slot is free when all who waited were told
 *   waited there, and words say for     goes to another worker: timers and the like
 *   what; or had not
 *   waited there for something else     has failed: what it waited for is gone
 *   ready                               is queued again: that it may be queued already does no harm
 *   free                                its kind's free slots are listed anew
 *   watched by the dead                 is so no longer
 *   primitives                          get back what it had in its hands, and what was of tasks that have failed so
 *   waits for such                      is served if there is something: each thread looks
 *
 * All other threads go on meanwhile.
 */
import { kinds, type TaskKind } from "../../../../core/kinds.js";
import { EMPTY, add, countOf, take } from "../lock-free/ring.js";
import { CANCEL, CLAIMED, FREE, NOTIFIED, RUNNING, runnerOf, unclaim } from "../lock-free/task-word.js";
import { buryWorker, workIsThere } from "../lock-free/parking.js";
import { LOST, announce, endTask, unwatch } from "./ends.js";
import { declared } from "./declared.js";
import { tellThreads } from "./look.js";
import { deliver, inject } from "./queues.js";
import type { SharedExecutor } from "./shared-executor.js";
import {
  ENDED,
  HOME,
  PIN,
  TOLD,
  WATCHERS,
  WORD,
  indexOf,
  isAlive,
  placeOf,
  slotOf,
  type TaskTable,
} from "./table.js";

/** Worker `dead` is no more, and `heir` takes its timers. */
export function recover(executor: SharedExecutor, dead: number, heir: number): void {
  const { table } = executor;
  buryWorker(table.parking, dead);
  // Before any task goes elsewhere: records of those that waited there are put right, too.
  const goesOn = (id: number): boolean => isAlive(table, id) && !isLost(table, slotOf(id), dead);
  for (const each of declared.slice(0, table.shared)) each.bury_(dead, goesOn);
  for (const kind of kinds) {
    if (kind.words_ === 0) continue;
    relist(executor, kind);
    for (let slot = kind.firstSlot_; slot < kind.firstSlot_ + kind.pool; slot++) {
      rescue(executor, { slot, first: kind.firstSlot_, dead, heir });
    }
  }
  workIsThere(table.parking);
  // It may have died when it had taken the bits of those who wait for something, and told nobody.
  tellThreads(table, (1 << table.threads) - 1);
}

/** Lists each free slot once, those that are listed first, in the order in which they are: results stay as long as they can. */
function relist({ table }: SharedExecutor, { firstSlot_: first, pool }: TaskKind<never, unknown>): void {
  const ring = table.free.get(first)!;
  const isFree = (i: number): boolean =>
    (Atomics.load(table.words, indexOf(table, first + i, WORD)) & FREE) !== 0;
  const listed = new Set<number>();
  for (let left = countOf(ring); left > 0; left--) {
    const i = take(ring);
    if (i === EMPTY) break;
    if (!listed.has(i) && isFree(i)) add(ring, i);
    listed.add(i);
  }
  for (let i = 0; i < pool; i++) {
    const watchers = Atomics.load(table.words, indexOf(table, first + i, WATCHERS));
    if (listed.has(i) || !isFree(i)) continue;
    // Over, and its runner did not come to tell all; otherwise a thread that took it from the list has died.
    if (watchers !== ENDED && watchers !== 0) announce(table, first + i, first);
    else add(ring, i);
  }
}

/** Whether the task in `slot` ends with the worker `dead`. */
function isLost(table: TaskTable, slot: number, dead: number): boolean {
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const word = Atomics.load(words, at + WORD);
  if ((word & (RUNNING | CLAIMED)) !== 0) return runnerOf(word) === dead;
  return words[at + HOME] === dead + 1 && words[at + TOLD] === 0;
}

interface Case {
  readonly slot: number;
  readonly first: number;
  readonly dead: number;
  readonly heir: number;
}

function rescue(executor: SharedExecutor, { slot, first, dead, heir }: Case): void {
  const { table } = executor;
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const word = Atomics.load(words, at + WORD);
  const isHome = words[at + HOME] === dead + 1;
  if ((word & CLAIMED) !== 0 && runnerOf(word) === dead) {
    unclaim(words, at + WORD);
    add(table.free.get(first)!, slot - first);
  } else if (isLost(table, slot, dead)) {
    endTask(table, slot, first, LOST, undefined);
  } else if (isHome && (word & (RUNNING | CLAIMED)) === 0) {
    // One that is pinned waits for the worker that will be in the place of the dead.
    if (words[at + PIN] === 0) words[at + HOME] = heir + 1;
    deliver(table, placeOf(table, at), slot);
  } else if ((word & (NOTIFIED | RUNNING)) === NOTIFIED && placeOf(table, at) < 0) inject(table, slot);
  else if ((word & (NOTIFIED | CANCEL)) !== 0 && placeOf(table, at) >= 0)
    deliver(table, placeOf(table, at), slot);
  unwatch(table, slot, first, dead);
}
