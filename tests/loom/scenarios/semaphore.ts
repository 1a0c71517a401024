/** Permits of all threads: never more than there are, and none lies free while somebody waits. */
import {
  buryWorker,
  parkingAt,
  parkingWords,
  prepareToSleep,
  sleep,
  stayAwake,
} from "../../../targets/node/threads/lock-free/parking.js";
import {
  SEMAPHORE_WORDS,
  TOO_MANY,
  fill,
  freeOf,
  give,
  takeOrWait,
} from "../../../targets/node/threads/lock-free/semaphore.js";
import { lookIfTold, mustLook, tellThreads } from "../../../targets/node/threads/tasks/look.js";
import type { TaskTable } from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";

interface Play {
  readonly name: string;
  readonly permits: number;
  /** How often each thread takes a permit and gives it back. */
  readonly rounds: readonly number[];
  /** Threads that have one at the start. */
  readonly holders?: readonly number[];
  readonly mortal?: readonly number[];
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

/** Ghost words. */
const HELD = 0;
const DONE = 1;

/** What a thread does next. Each is a call of its own, so that what it saw before is forgotten. */
const TAKE = 0;
const GIVE = 1;
const PREPARE = 2;
const RECHECK = 3;
const SLEEP = 4;
const LOOK = 5;

function play({
  name,
  permits,
  rounds,
  holders = [],
  mortal = [],
  sees = [],
  isBig = false,
}: Play): Scenario {
  const count = rounds.length;
  const semaphore = parkingWords(count);
  const looks = Array.from({ length: count }, (_, i) => semaphore + SEMAPHORE_WORDS + i);
  return {
    name: `semaphore: ${name}`,
    isBig,
    size: semaphore + SEMAPHORE_WORDS + count,
    threads: (words) => {
      const table = { words, looks, parking: parkingAt(words, 0, count) } as unknown as TaskTable;
      fill(words, semaphore, permits - holders.length);
      loom.count(HELD, holders.length);
      const threads = rounds.map((each, me) =>
        threadOf(stepsOf(table, semaphore, me, permits), each, holders.includes(me) ? GIVE : TAKE),
      );
      const recovery = (): boolean => {
        buryWorker(table.parking, mortal[0]!);
        tellThreads(table, (1 << count) - 1);
        return true;
      };
      return [...threads, ...(mortal.length > 0 ? [recovery] : [])];
    },
    mortal,
    ...(mortal.length > 0 ? { recovery: count } : {}),
    sleepers: rounds.map((_, me) => me),
    atEnd: (died) => {
      const all = rounds.reduce((sum, each) => sum + each, 0);
      const free = freeOf(loom.words, semaphore);
      const done = loom.count(DONE, 0);
      if (died < 0 && done < all) loom.fail(`${done} of ${all} permits were given back`);
      if (died < 0 && free !== permits) loom.fail(`${free} of ${permits} are free at the end`);
      // One may have died over each of its rounds.
      if (free > 0 && done < all - (rounds[died] ?? 0)) loom.fail("one is free, and somebody waits");
    },
    sees,
  };
}

function stepsOf(table: TaskTable, at: number, me: number, permits: number) {
  const { words, parking } = table;
  return (step: number): number => {
    switch (step) {
      case TAKE:
        if (!takeOrWait(words, at, me)) return PREPARE;
        if (loom.count(HELD) > permits) loom.fail("somebody has one that there is not");
        return GIVE;
      case GIVE: {
        loom.count(HELD, -1);
        const told = give(words, at, permits);
        if (told === TOO_MANY) loom.fail("all are free, and one is held");
        loom.count(DONE);
        if (told !== 0) loom.saw("tells");
        tellThreads(table, told);
        return TAKE;
      }
      case PREPARE:
        prepareToSleep(parking, me);
        return RECHECK;
      case RECHECK:
        return mustLook(table, me) ? LOOK : SLEEP;
      case SLEEP:
        loom.saw("sleeps");
        sleep(parking, me, Infinity);
        return LOOK;
      default:
        stayAwake(parking, me);
        lookIfTold(table, me);
        return TAKE;
    }
  };
}

/** `local` is: rounds that are over, what is next plus one. */
function threadOf(next: (step: number) => number, rounds: number, first: number) {
  return (local: number[]): boolean => {
    const [over = 0, step = 0] = local;
    const now = step === 0 ? first : step - 1;
    if (over === rounds) return true;
    local[0] = now === GIVE ? over + 1 : over;
    local[1] = 1 + next(now);
    return local[0] === rounds;
  };
}

/** Gives back what nobody took. */
function tooMany(): Scenario {
  return {
    name: "semaphore: one too many",
    size: SEMAPHORE_WORDS,
    threads: (words) => {
      fill(words, 0, 0);
      const giver = (): boolean => {
        loom.count(DONE, give(words, 0, 1) === TOO_MANY ? 0 : 1);
        return true;
      };
      const looker = (): boolean => {
        if (freeOf(words, 0) > 1) loom.fail("more are free than there are");
        return true;
      };
      return [giver, giver, looker];
    },
    atEnd: () => {
      if (freeOf(loom.words, 0) !== 1 || loom.count(DONE, 0) !== 1) loom.fail("there is more than all");
    },
  };
}

export const scenarios: Scenario[] = [
  play({ name: "one that two want", permits: 1, rounds: [1, 1], sees: ["tells", "sleeps"] }),
  play({ name: "one that two want again", permits: 1, rounds: [2, 1], sees: ["tells", "sleeps"] }),
  play({
    name: "one that three want",
    permits: 1,
    rounds: [1, 1, 1],
    holders: [0],
    sees: ["tells", "sleeps"],
  }),
  play({ name: "two that three want", permits: 2, rounds: [1, 1, 1], holders: [0, 1], sees: ["tells"] }),
  play({ name: "two that three want again", permits: 2, rounds: [2, 1, 1], isBig: true }),
  play({
    name: "who gives it dies",
    permits: 1,
    rounds: [1, 1],
    holders: [0],
    mortal: [0],
    sees: ["sleeps"],
  }),
  play({ name: "who waits dies", permits: 1, rounds: [1, 1, 1], holders: [0], mortal: [1], isBig: true }),
  play({ name: "one comes again", permits: 1, rounds: [1, 1, 2], holders: [0], sees: ["tells", "sleeps"] }),
  tooMany(),
];
