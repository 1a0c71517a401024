/** The end of a shared task, those who wait for it on other threads, and whoever wants its slot. */
import { parkingAt, parkingWords } from "../../../targets/node/threads/lock-free/parking.js";
import { EMPTY, countOf, ringAt, ringWords, take } from "../../../targets/node/threads/lock-free/ring.js";
import { NOTIFIED, begin, claim } from "../../../targets/node/threads/lock-free/task-word.js";
import {
  DONE,
  GONE,
  OVER,
  WATCHING,
  announce,
  endTask,
  howOf,
  isTold,
  resultOf,
  unwatch,
  watch,
} from "../../../targets/node/threads/tasks/ends.js";
import { ENDED, WATCHERS, WORD, indexOf, type TaskTable } from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";

const GENERATION = 3;
const RINGS = parkingWords(1);
const RING = ringWords(2);
/** A free ring, and `ends` of two watchers; then the slot. */
const SLOT = RINGS + 3 * RING;

/** Ghost words. */
const HEARD = 0;
const FREED = 4;

interface Play {
  readonly name: string;
  /** Threads that ask while the task ends; 1 and 2. */
  readonly watchers: number;
  /** Whether the first has asked already. */
  readonly isWatched?: boolean;
  /** Whether a spawner wants the slot, and writes a result of its own. */
  readonly isWanted?: boolean;
  /** Whether the runner may die, once it has written the result. */
  readonly isMortal?: boolean;
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

function tableOf(words: Int32Array): TaskTable {
  const ring = (i: number) => ringAt(words, RINGS + i * RING, 2);
  return {
    words,
    // The results here are no numbers.
    doubles: new Float64Array(SLOT),
    parking: parkingAt(words, 0, 0),
    ends: [ring(0), ring(1), ring(2)],
    free: new Map([[0, ring(0)]]),
    firstSlot: SLOT,
  } as unknown as TaskTable;
}

function play(options: Play): Scenario {
  const {
    name,
    watchers,
    isWatched = false,
    isWanted = false,
    isMortal = false,
    sees = [],
    isBig = false,
  } = options;
  let table: TaskTable;
  return {
    name: `ends: ${name}`,
    isBig,
    size: SLOT + 8,
    threads: (words) => {
      table = tableOf(words);
      Atomics.store(words, SLOT + WORD, (GENERATION << 16) | NOTIFIED);
      if (isWatched) Atomics.store(words, SLOT + WATCHERS, 1 << 1);
      const runner = (local: number[]): boolean => {
        if ((local[0] ?? 0) === 0) {
          if (begin(words, SLOT + WORD, 7) === 0) loom.fail("it is not ready");
          local[0] = 1;
          return false;
        }
        endTask(table, 0, 0, DONE, true);
        return true;
      };
      const others = Array.from({ length: watchers }, (_, i) =>
        watcherOf(table, i + 1, isWatched && i === 0),
      );
      const recovery = (): boolean => {
        const now = Atomics.load(words, indexOf(table, 0, WATCHERS));
        // As recover.ts does with slots that are free: the ring of the test is short.
        if ((Atomics.load(words, SLOT + WORD) & 16) !== 0 && now !== ENDED && now !== 0)
          announce(table, 0, 0);
        else if ((Atomics.load(words, SLOT + WORD) & 2) !== 0) endTask(table, 0, 0, DONE, true);
        return true;
      };
      return [runner, ...others, ...(isWanted ? [spawnerOf(table)] : []), ...(isMortal ? [recovery] : [])];
    },
    ...(isMortal ? { mortal: [0], recovery: 1 + watchers + (isWanted ? 1 : 0) } : {}),
    atEnd: (died) => {
      for (let me = 1; me <= watchers; me++) {
        const due = loom.count(HEARD + me, 0);
        // What is in its ring when nobody looks any more is for a later look.
        if (due > 1) loom.fail(`thread ${me} heard of it ${due} times`);
      }
      const left = Atomics.load(loom.words, indexOf(table, 0, WATCHERS));
      const listed = loom.count(FREED, 0) + countOf(table.free.get(0)!);
      // A recovery may list it twice: who takes it must claim it.
      if (listed > 1 && died < 0) loom.fail("the slot was listed twice");
      if (left === ENDED && listed === 0 && died < 0) loom.fail("all have read it, and the slot is lost");
      if ((left & ~ENDED) !== 0 && listed > 0) loom.fail("the slot is listed, and somebody is to read it");
    },
    sees,
  };
}

/** Asks, looks some times whether it was told, and reads. `local` is: what it does next, looks. */
function watcherOf(table: TaskTable, me: number, hasAsked: boolean) {
  const heard = (): void => {
    if (resultOf(table, 0) !== true) loom.fail(`thread ${me} read the result of another task`);
    if (howOf(table, 0) !== DONE) loom.fail(`it ended as ${howOf(table, 0)}`);
    loom.count(HEARD + me);
  };
  return (local: number[]): boolean => {
    const [step = hasAsked ? 1 : 0, looks = 0] = local;
    if (step === 0) {
      const state = watch(table, 0, GENERATION, me);
      loom.saw(state === WATCHING ? "watching" : state === OVER ? "over" : "gone");
      if (state === GONE) return true;
      if (state === OVER) return true;
      local[0] = 1;
      return false;
    }
    local[0] = 1;
    local[1] = looks + 1;
    const slot = take(table.ends[me]!);
    if (slot === EMPTY) return looks >= 2;
    if (!isTold(table, slot, me)) {
      loom.saw("told twice");
      return false;
    }
    loom.saw("told");
    heard();
    unwatch(table, 0, 0, me);
    return false;
  };
}

/** Takes the slot if it is free, for a task with another result. */
function spawnerOf(table: TaskTable) {
  return (local: number[]): boolean => {
    const [step = 0] = local;
    local[0] = step + 1;
    if (step === 0) {
      const free = take(table.free.get(0)!);
      if (free === EMPTY) return true;
      loom.count(FREED);
      if (claim(table.words, indexOf(table, 0, WORD), 9) === 0)
        loom.fail("a slot that is listed is not free");
      loom.saw("used again");
      return false;
    }
    Atomics.store(table.words, indexOf(table, 0, WATCHERS), 0);
    // What its end would write.
    table.words[SLOT + 4] = 2;
    return true;
  };
}

export const scenarios: Scenario[] = [
  play({ name: "one who asks meanwhile", watchers: 1, sees: ["watching", "over", "told"] }),
  play({
    name: "one who has asked, and the slot is wanted",
    watchers: 1,
    isWatched: true,
    isWanted: true,
    sees: ["told", "used again"],
  }),
  play({ name: "two who ask", watchers: 2, sees: ["watching", "over", "told"] }),
  play({
    name: "two, and the slot is wanted",
    watchers: 2,
    isWatched: true,
    isWanted: true,
    isBig: true,
    sees: ["told", "used again"],
  }),
  play({ name: "a runner that dies", watchers: 1, isWatched: true, isMortal: true, sees: ["told"] }),
];
