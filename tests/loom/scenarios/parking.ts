/** Workers that sleep when there is nothing to do: none oversleeps, and none is woken for nothing. */
import {
  buryWorker,
  isStopped,
  isWorking,
  parkingAt,
  parkingWords,
  prepareToSleep,
  replaceWorker,
  searchEnds,
  sleep,
  sleepsOn,
  stayAwake,
  stopAll,
  tryToSearch,
  wakeWorker,
  workIsThere,
  type Parking,
} from "../../../targets/node/threads/lock-free/parking.js";
import type { Scenario } from "../explore.js";
import { expect, inTurn } from "./in-turn.js";

interface Game {
  readonly parking: Parking;
  /** Words that count what there is to do: for anybody, then for each worker alone. */
  readonly work: number;
  readonly hasInbox: boolean;
}

interface Play {
  readonly name: string;
  readonly workers: number;
  /** Items of each producer for anybody. */
  readonly producers: readonly number[];
  /** One item for each of these workers alone. */
  readonly inboxes?: readonly number[];
  readonly mortal?: readonly number[];
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

function play({
  name,
  workers,
  producers,
  inboxes = [],
  mortal = [],
  sees = [],
  isBig = false,
}: Play): Scenario {
  const work = parkingWords(workers);
  const items = producers.reduce((sum, each) => sum + each, inboxes.length);
  return {
    name: `parking: ${name}`,
    isBig,
    size: work + workers + 1,
    threads: (words) => {
      const game: Game = {
        parking: parkingAt(words, 0, workers),
        work,
        hasInbox: inboxes.length > 0,
      };
      const others = Array.from({ length: workers }, (_, i) => workerOf(game, i));
      const senders = inboxes.map((who) => (): boolean => {
        Atomics.add(words, work + 1 + who, 1);
        wakeWorker(game.parking, who);
        return true;
      });
      const recovery = (): boolean => {
        buryWorker(game.parking, mortal[0]!);
        workIsThere(game.parking);
        return true;
      };
      return [
        ...others,
        ...producers.map((each) => producerOf(game, each)),
        ...senders,
        ...(mortal.length > 0 ? [recovery] : []),
      ];
    },
    mortal,
    ...(mortal.length > 0 ? { recovery: workers + producers.length + inboxes.length } : {}),
    // They sleep at the end, and must have done everything.
    sleepers: Array.from({ length: workers }, (_, i) => i),
    atEnd: (died) => {
      // The one in the hands of the dead is lost here: the words of the tasks know of it.
      const least = died < 0 ? items : items - 1;
      if (loom.count(0, 0) < least) loom.fail(`${loom.count(0, 0)} of ${items} items were done`);
    },
    sees,
  };
}

/** What a worker does next. Each is a call of its own, so that what it saw before is forgotten. */
const LOOK = 0;
const SEARCH = 1;
const TAKE = 2;
const FOUND = 3;
const PREPARE = 4;
const RECHECK = 5;
const SLEEP = 6;

function stepsOf({ parking, work, hasInbox }: Game, me: number) {
  const { words } = parking;
  return (step: number): number => {
    switch (step) {
      case LOOK:
        return hasInbox && take(words, work + 1 + me) ? FOUND : SEARCH;
      case SEARCH:
        return tryToSearch(parking, me) ? TAKE : PREPARE;
      case TAKE:
        return take(words, work) ? FOUND : PREPARE;
      case FOUND:
        loom.count(0);
        searchEnds(parking, me);
        return LOOK;
      case PREPARE:
        prepareToSleep(parking, me);
        return RECHECK;
      case RECHECK:
        if (Atomics.load(words, work) === 0 && (!hasInbox || Atomics.load(words, work + 1 + me) === 0))
          return SLEEP;
        loom.saw("stayed awake");
        stayAwake(parking, me);
        return LOOK;
      default:
        if (!sleep(parking, me, 100)) loom.fail("nobody's time is over");
        loom.saw("slept");
        return LOOK;
    }
  };
}

function workerOf(game: Game, me: number) {
  const next = stepsOf(game, me);
  return (local: number[]): boolean => {
    local[0] = next(local[0] ?? LOOK);
    return false;
  };
}

/** Takes one of what word `index` counts. */
function take(words: Int32Array, index: number): boolean {
  const count = Atomics.load(words, index);
  return count > 0 && Atomics.compareExchange(words, index, count, count - 1) === count;
}

function producerOf({ parking, work }: Game, items: number) {
  return (local: number[]): boolean => {
    const [made = 0] = local;
    if (made === items) return true;
    local[0] = made + 1;
    Atomics.add(parking.words, work, 1);
    workIsThere(parking);
    return false;
  };
}

/** With all asleep, one piece of work wakes one worker; a second one none, while that searches. */
function wakes(): Scenario {
  return {
    name: "parking: one wake for one piece of work",
    size: parkingWords(3),
    threads: (words) => {
      const parking = parkingAt(words, 0, 3);
      const sleeper = (me: number) => (): boolean => {
        prepareToSleep(parking, me);
        sleep(parking, me, 100);
        loom.count(0);
        return true;
      };
      const producer = (): boolean => {
        workIsThere(parking);
        workIsThere(parking);
        return true;
      };
      return [sleeper(0), sleeper(1), sleeper(2), producer];
    },
    sleepers: [0, 1, 2],
    atEnd: () => {
      loom.saw(`${loom.count(0, 0)} woken`);
      if (loom.count(0, 0) > 1) loom.fail("two were woken");
    },
    sees: ["0 woken", "1 woken"],
  };
}

/** All sleep, or are about to, when it ends. */
function stops(): Scenario {
  return {
    name: "parking: the end",
    size: parkingWords(2),
    threads: (words) => {
      const parking = parkingAt(words, 0, 2);
      const sleeper = (me: number) => (): boolean => {
        if (isStopped(parking)) return true;
        prepareToSleep(parking, me);
        sleep(parking, me, 100);
        loom.saw("slept");
        return false;
      };
      const stopper = (): boolean => {
        stopAll(parking);
        return true;
      };
      return [sleeper(0), sleeper(1), stopper];
    },
    sees: ["slept"],
  };
}

/** As many workers as items, and each does one and is busy then: so many must have been woken. */
function busy(name: string, producers: readonly number[]): Scenario {
  const workers = 2;
  const work = parkingWords(workers);
  return {
    name: `parking: ${name}`,
    size: work + 1,
    threads: (words) => {
      const parking = parkingAt(words, 0, workers);
      const worker = (me: number) => {
        const next = stepsOf({ parking, work, hasInbox: false }, me);
        return (local: number[]): boolean => {
          const [step = TAKE] = local;
          const after = next(step);
          local[0] = after === LOOK ? SEARCH : after;
          return step === FOUND;
        };
      };
      const producer = (items: number) =>
        inTurn([
          () => Atomics.add(words, work, items),
          () => {
            workIsThere(parking);
          },
        ]);
      return [worker(0), worker(1), ...producers.map(producer)];
    },
    sleepers: [],
    atEnd: () => {
      if (loom.count(0, 0) !== 2) loom.fail(`${loom.count(0, 0)} of 2 items were done`);
    },
    sees: ["slept"],
  };
}

/** One of workers 0 and 1 sleeps, the other is busy; worker 2 dies while it searches, or while it wakes the sleeper. */
function death(
  name: string,
  sleeper: number,
  hasProducer: boolean,
  dies: (parking: Parking, work: number) => void,
): Scenario {
  const work = parkingWords(3);
  return {
    name: `parking: ${name}`,
    size: work + 2,
    threads: (words) => {
      const parking = parkingAt(words, 0, 3);
      const next = stepsOf({ parking, work, hasInbox: false }, sleeper);
      const worker = (local: number[]): boolean => {
        local[0] = next(local[0] ?? TAKE);
        if (local[0] === LOOK) local[0] = TAKE;
        return false;
      };
      const mortal = (): boolean => {
        dies(parking, work);
        return true;
      };
      const producer = inTurn([
        () => Atomics.add(words, work, 1),
        () => {
          workIsThere(parking);
        },
      ]);
      const recovery = inTurn([
        () => {
          buryWorker(parking, 2);
        },
        () => {
          if (Atomics.load(words, sleepsOn(parking, 2)) === 1) loom.fail("it searches on, who is dead");
        },
        () => {
          workIsThere(parking);
        },
        () => {
          replaceWorker(parking, 2);
        },
      ]);
      return [worker, mortal, recovery, ...(hasProducer ? [producer] : [])];
    },
    mortal: [1],
    recovery: 2,
    sleepers: [0],
    atEnd: () => {
      if (Atomics.load(loom.words, work) !== 0) loom.fail("all sleep, and there is work");
    },
    sees: ["slept"],
  };
}

/** One thread, word by word. */
function alone(): Scenario {
  return {
    name: "parking: one thread",
    size: parkingWords(4),
    threads: (words) => {
      const state = (who: number): number => Atomics.load(words, 16 * (who + 1));
      const one = (): boolean => {
        const four = parkingAt(words, 0, 4);
        const may = [0, 1, 2, 3].map((who) => tryToSearch(four, who));
        expect(String(may) === "true,true,false,false", "half of four search");
        for (const who of [0, 1, 2, 3]) searchEnds(four, who);
        expect(state(0) === 0 && state(1) === 0, "their searches end");
        const three = parkingAt(words, 0, 3);
        expect(
          tryToSearch(three, 2) && tryToSearch(three, 0) && !tryToSearch(three, 1),
          "two of three search",
        );
        wakeWorker(four, 1);
        expect(state(1) === 0, "who works is not woken");
        for (const who of [0, 2]) searchEnds(four, who);
        prepareToSleep(four, 3);
        searchEnds(four, 0);
        expect(state(3) === 2, "who did not search wakes nobody");
        expect(sleepsOn(four, 3) === 64, "each sleeps on its own word");
        stayAwake(four, 3);
        prepareToSleep(four, 1);
        wakeWorker(four, 1);
        expect(state(1) === 1, "who is woken searches");
        expect(isWorking(four, 0) && !isWorking(four, 1), "it is known who works");
        buryWorker(four, 2);
        expect(state(2) === 3 && !isWorking(four, 2), "the dead do not work, or search");
        expect(!isStopped(four), "nobody stopped it");
        stopAll(four);
        prepareToSleep(four, 1);
        replaceWorker(four, 1);
        expect(state(1) === 0, "a new worker works");
        prepareToSleep(four, 1);
        expect(sleep(four, 1, 100), "the end is no timeout");
        expect(isStopped(four) && state(1) === 1, "nobody sleeps after the end, or counts as asleep");
        return true;
      };
      return [one];
    },
  };
}

export const scenarios: Scenario[] = [
  play({ name: "one worker, two items", workers: 1, producers: [2], sees: ["slept", "stayed awake"] }),
  play({ name: "one worker, two producers", workers: 1, producers: [1, 1], sees: ["slept", "stayed awake"] }),
  play({ name: "two workers, one item", workers: 2, producers: [1], sees: ["slept", "stayed awake"] }),
  play({ name: "an inbox", workers: 2, producers: [], inboxes: [1], sees: ["slept", "stayed awake"] }),
  play({ name: "two workers, two items", workers: 2, producers: [2], isBig: true, sees: ["slept"] }),
  play({ name: "a worker that dies", workers: 2, producers: [1], mortal: [0], isBig: true, sees: ["slept"] }),
  wakes(),
  stops(),
  busy("two items at once, one for each worker", [2]),
  { ...busy("two items one by one, one for each worker", [1, 1]), isBig: true },
  death("death of a searcher", 1, true, (parking, work) => {
    tryToSearch(parking, 2);
    take(parking.words, work + 1);
    searchEnds(parking, 2);
  }),
  death("death of a waker", 1, false, (parking, work) => {
    Atomics.add(parking.words, work, 1);
    workIsThere(parking);
  }),
  death("death of a waker of the first", 0, false, (parking, work) => {
    Atomics.add(parking.words, work, 1);
    workIsThere(parking);
  }),
  alone(),
];
