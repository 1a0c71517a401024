/**
 * After the death of a worker: what it had is found by the words of the tasks, whatever it was in the middle of.
 *
 *   ran                                 it has failed, once; its slot is free when all who waited were told
 *   was being spawned                   its slot is free
 *   waited there, and words say for     goes to another worker: timers and the like
 *   what; or had not
 *   waited there for something else     has failed: what it waited for is gone
 *   ready                               is queued again: that others may have it in hand does no harm
 *   over                                those who have not heard of it are told
 *   free                                its slot is listed, unless it is
 *   watched by the dead                 is so no longer
 *   primitives                          get back what it had in its hands, and what was of tasks that have failed so
 *   waits for such                      is served if there is something: each thread looks
 *
 * All other threads go on meanwhile. A task that none of them has is taken (`seize`) while it is put right.
 */
import { kinds } from "../../../../core/kinds.js";
import { add, itemsOf, type Ring } from "../lock-free/ring.js";
import {
  CLAIMED,
  FREE,
  RUNNING,
  runnerOf,
  seize,
  suspend,
  unclaim,
  yieldTask,
} from "../lock-free/task-word.js";
import { buryWorker } from "../lock-free/parking.js";
import { LOST, announce, endTask, unwatch } from "./ends.js";
import { declared } from "./declared.js";
import { tellThreads } from "./look.js";
import { waitsUntold } from "./places.js";
import { commonOf } from "./queues.js";
import {
  ENDED,
  HOME,
  PIN,
  WATCHERS,
  WORD,
  indexOf,
  isAlive,
  placeOf,
  slotOf,
  type TaskTable,
} from "./table.js";

/** Worker `dead` is no more, and `heir` takes its timers. Of the thread that spawned it. */
export function recover(table: TaskTable, dead: number, heir: number): void {
  buryWorker(table.parking, dead);
  // Before any task goes elsewhere: records of those that waited there are put right, too.
  const goesOn = (id: number): boolean => isAlive(table, id) && !isLost(table, slotOf(id), dead);
  for (const each of declared.slice(0, table.shared)) each.bury_(dead, goesOn);
  const due: Due = new Map();
  for (const kind of kinds) {
    if (kind.words_ === 0) continue;
    for (let slot = kind.firstSlot_; slot < kind.firstSlot_ + kind.pool; slot++) {
      rescue(table, { slot, first: kind.firstSlot_, dead, heir, due });
    }
  }
  addDue(due);
  // There is work; or it may have died when it had taken the bits of those who wait for something, and told nobody.
  tellThreads(table, (1 << table.threads) - 1);
}

/** Whether the task in `slot`, which is alive, ends with the worker `dead`. */
function isLost(table: TaskTable, slot: number, dead: number): boolean {
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const word = Atomics.load(words, at + WORD);
  if ((word & RUNNING) !== 0 && runnerOf(word) === dead) return !isOfAnother(table, at, dead);
  return waitsUntold(table, at, dead);
}

/** Whether another thread alone can poll the task at `at`, so that `dead` had begun it in vain. */
function isOfAnother(table: TaskTable, at: number, dead: number): boolean {
  const place = placeOf(table, at);
  return place >= 0 && place !== dead;
}

/** What must be in rings when all words are put right. */
type Due = Map<Ring, number[]>;

interface Case {
  readonly slot: number;
  readonly first: number;
  readonly dead: number;
  readonly heir: number;
  readonly due: Due;
}

function rescue(table: TaskTable, of: Case): void {
  const { slot, first, dead } = of;
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const word = Atomics.load(words, at + WORD);
  const isOfDead = runnerOf(word) === dead;
  if ((word & FREE) !== 0) rescueFree(table, of, isOfDead);
  else if (isOfDead && (word & CLAIMED) !== 0) giveBack(table, of);
  else if (isOfDead && (word & RUNNING) !== 0) {
    if (isOfAnother(table, at, dead)) goOn(table, of, true);
    else endTask(table, slot, first, LOST, undefined);
  } else if (seize(words, at + WORD, table.workers)) {
    if (waitsUntold(table, at, dead)) endTask(table, slot, first, LOST, undefined);
    else goOn(table, of, false);
  }
  unwatch(table, slot, first, dead);
}

/** The slot is free: what is left to do for the end of the task that was there. */
function rescueFree(table: TaskTable, of: Case, isOfDead: boolean): void {
  const { slot, first, dead } = of;
  const watchers = Atomics.load(table.words, indexOf(table, slot, WATCHERS));
  if ((watchers & ENDED) === 0) {
    // Its runner is to tell of it.
    if (isOfDead) announce(table, slot, first);
  } else if (watchers === ENDED) {
    // A thread that took it from the list may have died.
    later(of, table.free.get(first)!, slot - first);
  } else {
    // It may have died before it told all.
    for (let who = 0; who < table.threads; who++) {
      if (who !== dead && (watchers & (1 << who)) !== 0) later(of, table.ends[who]!, slot);
    }
  }
}

/** The dead had claimed the slot, and nobody knows of its task. */
function giveBack(table: TaskTable, { slot, first }: Case): void {
  const at = indexOf(table, slot, 0);
  Atomics.store(table.words, at + WATCHERS, ENDED);
  unclaim(table.words, at + WORD);
  add(table.free.get(first)!, slot - first);
}

/** Lets go of a task that this thread has, or that the dead had begun in vain: it is queued where it belongs, if it is to be. */
function goOn(table: TaskTable, of: Case, wasBegun: boolean): void {
  const { slot, dead, heir } = of;
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const isHome = Atomics.load(words, at + HOME) === dead + 1;
  // One that is pinned waits for the worker that will be in the place of the dead.
  if (isHome && words[at + PIN] === 0) Atomics.store(words, at + HOME, heir + 1);
  const place = placeOf(table, at);
  if (wasBegun) yieldTask(words, at + WORD);
  else if (!suspend(words, at + WORD) && !isHome) return;
  later(of, place >= 0 ? table.inboxes[place]! : commonOf(table, slot), slot);
}

/** `item` must be in `ring` in the end. */
function later({ due }: Case, ring: Ring, item: number): void {
  const items = due.get(ring);
  if (items === undefined) due.set(ring, [item]);
  else items.push(item);
}

/** Adds what is not there: nothing is put there twice, so that rings have room for all, however many die. */
function addDue(due: Due): void {
  due.forEach((items, ring) => {
    // As the ring is now: who takes an item from here on finds its word as it was left above.
    const there = itemsOf(ring);
    for (const item of items) if (!there.has(item)) add(ring, item);
  });
}
