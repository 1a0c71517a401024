/** Who may have a task, and its slot, when queues name it too often. */
import {
  CANCEL,
  FREE,
  NOTIFIED,
  RUNNING,
  WOKEN,
  cancel,
  claim,
  finish,
  runnerOf,
  start,
  yieldTask,
} from "../../../targets/node/threads/lock-free/task-word.js";
import { EMPTY, add, countOf, take } from "../../../targets/node/threads/lock-free/ring.js";
import { DONE, announce, howOf } from "../../../targets/node/threads/tasks/ends.js";
import { beginHere, claimSlot, waitsUntold } from "../../../targets/node/threads/tasks/places.js";
import { deliver } from "../../../targets/node/threads/tasks/queues.js";
import {
  ENDED,
  HOME,
  PIN,
  TOLD,
  WATCHERS,
  WORD,
  indexOf,
} from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";
import { expect } from "./in-turn.js";
import {
  MAIL,
  MAIN,
  SLOT,
  begin,
  cancellerOf,
  executorOf,
  hearsOfEnd,
  layOut,
  prepare,
  workerOf,
  type Program,
} from "./task-world.js";

const size = layOut(new Int32Array(0)).size;

/** Worker 0 has the task, which is pinned there or waits there, and worker 1 an item of an earlier life of it in hand. */
function tooMany(name: string, program: Program, waits: boolean, isBig = false): Scenario {
  const flavor = "threadPerCore";
  let layout: ReturnType<typeof layOut>;
  return {
    name: `places: ${name}`,
    isBig,
    size,
    threads: (words) => {
      layout = layOut(words);
      begin(layout);
      const { executor } = executorOf(layout, MAIN, flavor, program, []);
      prepare(executor, waits ? -1 : 0);
      const waiting: number[] = [];
      if (waits) {
        const there = executorOf(layout, 0, flavor, program, waiting);
        there.executor.pollShared(SLOT);
        there.save();
        waiting[0] = MAIL;
      } else deliver(layout.table, 0, SLOT);
      const works = workerOf(layout, 0, flavor, program);
      const worker = (local: number[]): boolean => {
        if (local.length === 0) local.push(...waiting);
        return works(local);
      };
      const other = (): boolean => {
        executorOf(layout, 1, flavor, program, []).executor.pollShared(SLOT);
        if ((Atomics.load(words, indexOf(layout.table, SLOT, WORD)) & NOTIFIED) !== 0) loom.saw("in vain");
        return true;
      };
      return [worker, other, ...(waits ? [cancellerOf(layout, flavor, program)] : [])];
    },
    sleepers: [0],
    atEnd: () => {
      if (!hearsOfEnd(layout) || howOf(layout.table, SLOT) !== DONE) loom.fail("it is not done");
    },
    sees: ["in vain"],
  };
}

/** A slot that is listed twice, and its last task is still to be announced: two want it. */
function claims(name: string, spawners: readonly number[], isBig: boolean): Scenario {
  let layout: ReturnType<typeof layOut>;
  return {
    name: `places: ${name}`,
    isBig,
    size,
    threads: (words) => {
      layout = layOut(words);
      const { table } = layout;
      begin(layout);
      const free = table.free.get(0)!;
      claim(words, indexOf(table, SLOT, WORD), 1);
      Atomics.store(words, indexOf(table, SLOT, WATCHERS), 0);
      finish(words, indexOf(table, SLOT, WORD));
      add(free, SLOT);
      const spawner = (me: number) => (): boolean => {
        const slot = claimSlot(table, 0, me);
        if (slot < 0) return true;
        if (loom.count(0) > 1) loom.fail("two have it");
        if (Atomics.load(words, indexOf(table, SLOT, WATCHERS)) !== ENDED)
          loom.fail("its end is still to be told");
        return true;
      };
      const runner = (): boolean => {
        announce(table, SLOT, 0);
        return true;
      };
      return [...spawners.map(spawner), runner];
    },
    atEnd: () => {
      const { table } = layout;
      const has = loom.count(0, 0);
      loom.saw(has === 1 ? "has" : "has not");
      if (has === 0 && countOf(table.free.get(0)!) === 0) loom.fail("the slot is lost");
    },
    sees: ["has", "has not"],
  };
}

const TWO = { ring: 4, deque: 2, levelOf: [0, 0, 0] };

/** Words, one by one, of the last slot of a kind of two. */
function facts(): Scenario {
  const sizes = { size: layOut(new Int32Array(0), TWO).size };
  let layout: ReturnType<typeof layOut>;
  return {
    name: "places: facts",
    ...sizes,
    threads: (words) => {
      layout = layOut(words, TWO);
      return [() => true];
    },
    atEnd: () => {
      const { words } = layout.table;
      const table = { ...layout.table, free: new Map([[1, layout.table.free.get(0)!]]) };
      const at = indexOf(table, 2, 0);
      words[at + WORD] = FREE;
      words[at + WATCHERS] = ENDED;
      for (const listed of [1, 1]) add(table.free.get(1)!, listed);
      expect(claimSlot(table, 1, 7) === 2 && claimSlot(table, 1, 7) < 0, "it is claimed once");
      expect(runnerOf(words[at + WORD]!) === 7, "by who fills it");
      words[at + PIN] = 2;
      start(words, at + WORD);
      expect(cancel(words, at + WORD, 1) !== WOKEN, "it is queued");
      expect(beginHere(table, 2, 0) === 0, "it is another's");
      expect((words[at + WORD]! & 0xff) === (NOTIFIED | CANCEL), "and is cancelled as before");
      expect(take(table.inboxes[1]!) === 2, "who is told");
      expect((beginHere(table, 2, 1) & CANCEL) !== 0, "it begins");
      expect((words[at + WORD]! & 0xff) === RUNNING, "its poll knows of the cancel");
      expect(beginHere(table, 2, 0) === 0 && words[at + WORD]! >> 8 === 257, "nobody else touches it");
      expect(beginHere(table, 2, 1) === 0 && take(table.inboxes[1]!) === EMPTY, "it begins once");
      cancel(words, at + WORD, 1);
      yieldTask(words, at + WORD);
      words[at + PIN] = 0;
      words[at + WORD] = words[at + WORD]! & ~CANCEL;
      expect(beginHere(table, 2, 0) !== 0, "it is anybody's");
      for (const home of [0, 1, 2]) {
        for (const told of [0, 1]) {
          words[at + HOME] = home;
          words[at + TOLD] = told;
          expect(waitsUntold(table, at, 0) === (home === 1 && told === 0), "where it waits");
        }
      }
    },
  };
}

/** A task that begins while it is cancelled: its poll knows of that, or the next one will. */
function cancels(): Scenario {
  let layout: ReturnType<typeof layOut>;
  const at = layOut(new Int32Array(0)).table.firstSlot + WORD;
  return {
    name: "places: a task that begins while it is cancelled",
    size,
    threads: (words) => {
      layout = layOut(words);
      begin(layout);
      Atomics.store(words, at, NOTIFIED);
      const worker = (): boolean => {
        loom.saw((beginHere(layout.table, SLOT, 0) & CANCEL) !== 0 ? "known" : "not yet");
        if ((Atomics.load(words, at) & CANCEL) !== 0) loom.count(0);
        return true;
      };
      const canceller = (): boolean => {
        cancel(words, at, 0);
        return true;
      };
      return [worker, canceller];
    },
    atEnd: () => {
      const word = Atomics.load(layout.table.words, at);
      if ((word & RUNNING) === 0) loom.fail("it has not begun");
      // A cancel that came later is noted as a wake as well.
      if ((word & NOTIFIED) !== 0 && (word & CANCEL) === 0) loom.fail("the cancel is lost");
    },
    sees: ["known", "not yet"],
  };
}

export const scenarios: Scenario[] = [
  cancels(),
  facts(),
  claims("a slot that is listed, and not announced", [0], false),
  claims("such a slot, that two want", [0, 1], true),
  tooMany("an item too many of what is pinned", "", false),
  tooMany("an item too many of what waits elsewhere", "u", true, true),
];
