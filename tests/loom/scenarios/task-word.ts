/** One task: wakers, workers that poll it, and all that may end it. Its queue is a count of items, which may be too many. */
import {
  FREE,
  NOTIFIED,
  WOKEN,
  STALE,
  begin,
  cancel,
  claim,
  clearCancel,
  finish,
  generationOf,
  runnerOf,
  seize,
  start,
  suspend,
  unclaim,
  wake,
  yieldTask,
  CANCEL,
  CLAIMED,
  RUNNING,
} from "../../../targets/node/threads/lock-free/task-word.js";
import type { Scenario } from "../explore.js";

const WORD = 0;
/** Items of the task in queues, and those who sleep until there is one. */
const QUEUE = 1;
/** Events that have happened. */
const EVENTS = 2;
const SIZE = 3;
const STOP = 100;

/** Ghost words. */
const POLLING = 0;
const ENDS = 1;

const GENERATION = 5;

interface Play {
  readonly name: string;
  /** Threads that each make one event and wake the task. */
  readonly wakers: number;
  readonly workers: number;
  /** Items of the task that are in queues besides the right one, as after a recovery. */
  readonly extra?: number;
  readonly yields?: boolean;
  readonly cancels?: boolean;
  /** Who may die, to be followed by a recovery: the first worker, or the first waker. */
  readonly mortal?: "worker" | "waker";
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

function enqueue(words: Int32Array): void {
  Atomics.add(words, QUEUE, 1);
  Atomics.notify(words, QUEUE, 1);
}

function play({
  name,
  wakers,
  workers,
  extra = 0,
  yields = false,
  cancels = false,
  mortal,
  sees = [],
  isBig = false,
}: Play): Scenario {
  // Without events it waits for the cancel.
  const events = wakers === 0 ? -1 : wakers;
  return {
    name: `task word: ${name}`,
    isBig,
    size: SIZE,
    threads: (words) => {
      Atomics.store(words, WORD, (GENERATION << 16) | NOTIFIED);
      Atomics.store(words, QUEUE, 1 + extra);
      const waker = (): boolean => {
        Atomics.add(words, EVENTS, 1);
        if (wake(words, WORD, GENERATION) === WOKEN) enqueue(words);
        return true;
      };
      const canceller = (): boolean => {
        if (cancel(words, WORD, GENERATION) === WOKEN) enqueue(words);
        return true;
      };
      const recovery = (): boolean => {
        const word = Atomics.load(words, WORD);
        // It ran on the one who died: it has failed.
        if (mortal === "worker" && (word & RUNNING) !== 0 && runnerOf(word) === 1) {
          finish(words, WORD);
          loom.count(ENDS);
          stop(words);
        } else if ((word & FREE) !== 0) stop(words);
        else if ((word & NOTIFIED) !== 0) enqueue(words);
        return true;
      };
      return [
        ...Array.from({ length: workers }, (_, i) => workerOf(words, i + 1, { events, yields })),
        ...Array.from({ length: wakers }, () => waker),
        ...(cancels ? [canceller] : []),
        ...(mortal !== undefined ? [recovery] : []),
      ];
    },
    ...(mortal !== undefined
      ? { mortal: [mortal === "worker" ? 0 : workers], recovery: workers + wakers + (cancels ? 1 : 0) }
      : {}),
    // Wakers but the one that may die.
    alike: Array.from({ length: wakers }, (_, i) => workers + i).slice(mortal === "waker" ? 1 : 0),
    sleepers: mortal === "waker" ? Array.from({ length: workers }, (_, i) => i) : [],
    atEnd: (died) => {
      // A waker that died before its event, or between the event and the wake, made none.
      const isExcused = died >= workers;
      if (loom.count(ENDS, 0) !== 1 && !isExcused) loom.fail(`the task ended ${loom.count(ENDS, 0)} times`);
    },
    sees,
  };
}

function stop(words: Int32Array): void {
  Atomics.add(words, QUEUE, STOP);
  Atomics.notify(words, QUEUE, 9);
}

/** What a worker does next; each is a call of its own. */
const LOOK = 0;
const BEGIN = 1;
const POLL = 2;

/** Polls the task until it has seen all events, or a cancel. */
function workerOf(words: Int32Array, me: number, { events, yields }: { events: number; yields: boolean }) {
  const look = (): number => {
    const items = Atomics.load(words, QUEUE);
    if (items >= STOP) return -1;
    if (items > 0) return Atomics.compareExchange(words, QUEUE, items, items - 1) === items ? BEGIN : LOOK;
    Atomics.wait(words, QUEUE, items);
    return LOOK;
  };
  const poll = (before: number, hasYielded: boolean): number => {
    if (loom.count(POLLING) !== 1) loom.fail("two threads poll the task");
    const seen = Atomics.load(words, EVENTS);
    const isOver = seen === events || (before & CANCEL) !== 0;
    if ((before & CANCEL) !== 0) loom.saw("cancelled");
    loom.count(POLLING, -1);
    if (isOver) {
      finish(words, WORD);
      if (loom.count(ENDS) > 1) loom.fail("the task ended twice");
      stop(words);
      return -1;
    }
    if (yields && !hasYielded) {
      yieldTask(words, WORD);
      enqueue(words);
    } else if (suspend(words, WORD)) {
      loom.saw("woken while it ran");
      enqueue(words);
    } else loom.saw("waits");
    return LOOK;
  };
  return (local: number[]): boolean => {
    const [step = LOOK, before = 0, hasYielded = 0] = local;
    let next = LOOK;
    if (step === LOOK) next = look();
    else if (step === BEGIN) {
      const word = begin(words, WORD, me);
      if (word === 0) loom.saw("was taken by another");
      else if (runnerOf(Atomics.load(words, WORD)) !== me) loom.fail("another runs it");
      next = word === 0 ? LOOK : POLL;
      local[1] = word & CANCEL;
    } else {
      next = poll(before, hasYielded === 1);
      local[1] = 0;
      local[2] = 1;
    }
    local[0] = next;
    if (next === LOOK) local[1] = 0;
    return next < 0;
  };
}

/** Two spawners that want one slot, and a waker of the task that was there before. */
function claims(): Scenario {
  return {
    name: "task word: a slot that two want",
    size: 1,
    threads: (words) => {
      Atomics.store(words, WORD, (GENERATION << 16) | FREE);
      const spawner = (me: number, isStarted: boolean) => (): boolean => {
        const claimed = claim(words, WORD, me);
        if (claimed === 0) return true;
        if (loom.count(0) !== 1) loom.fail("both have the slot");
        if (generationOf(claimed) !== GENERATION + 1) loom.fail("the generation is not the next");
        if (runnerOf(claimed) !== me || (claimed & CLAIMED) === 0)
          loom.fail("the word does not say who fills it");
        if (isStarted) start(words, WORD);
        else unclaim(words, WORD);
        loom.count(0, isStarted ? 0 : -1);
        return true;
      };
      const stale = (): boolean => {
        if (wake(words, WORD, GENERATION) !== STALE) loom.fail("an old waker woke a new task");
        if (cancel(words, WORD, GENERATION) !== STALE) loom.fail("an old id cancelled a new task");
        return true;
      };
      const early = (): boolean => {
        // Nobody has its id yet, but a guess must not queue what is not filled.
        const word = Atomics.load(words, WORD);
        const answer = wake(words, WORD, GENERATION + 1);
        if (answer === WOKEN) loom.fail("woke a task that was ready, or not there");
        loom.saw((word & CLAIMED) !== 0 ? "claimed" : (word & NOTIFIED) !== 0 ? "started" : "free");
        return true;
      };
      return [spawner(3, true), spawner(4, true), stale, early];
    },
    atEnd: () => {
      if (loom.count(0, 0) !== 1) loom.fail("nobody has the slot");
    },
    sees: ["claimed", "started", "free"],
  };
}

/** A slot that was claimed and is given back, while old ids are used. */
function givesBack(): Scenario {
  return {
    name: "task word: a slot that is given back",
    size: 1,
    threads: (words) => {
      Atomics.store(words, WORD, (GENERATION << 16) | FREE);
      const spawner = (): boolean => {
        if (claim(words, WORD, 4) === 0) loom.fail("it is free");
        unclaim(words, WORD);
        return true;
      };
      const stale = (): boolean => {
        if (wake(words, WORD, GENERATION + 1) !== STALE) loom.fail("an id that nobody has woke a task");
        return true;
      };
      return [spawner, stale];
    },
    atEnd: () => {
      if (Atomics.load(loom.words, WORD) !== (((GENERATION + 1) << 16) | FREE)) loom.fail("it is not free");
    },
  };
}

/** Of a task that runs, and waits afterwards, and is woken. */
function expectSeizes(words: Int32Array, generation: number): void {
  yieldTask(words, WORD);
  expect(cancel(words, WORD, generation) !== WOKEN && seize(words, WORD, 3), "what is ready is");
  expect(
    Atomics.load(words, WORD) === ((generation << 16) | (3 << 8) | 11),
    "and stays ready, and cancelled",
  );
  expect(suspend(words, WORD), "it must be queued");
  expect((begin(words, WORD, 8) & CANCEL) !== 0, "it runs after it yielded");
  expect(
    (Atomics.load(words, WORD) & 0xff) === (RUNNING | CANCEL),
    "a cancel stays until the poll knows of it",
  );
  clearCancel(words, WORD);
  expect((Atomics.load(words, WORD) & 0xff) === RUNNING, "and no longer");
  suspend(words, WORD);
  expect(seize(words, WORD, 3) && !seize(words, WORD, 4), "what waits is seized once");
  expect(!suspend(words, WORD) && wake(words, WORD, generation) === WOKEN, "and waits on");
}

/** All of a life in order, with the generation coming round. */
function lives(): Scenario {
  return {
    name: "task word: lives of one slot",
    size: 1,
    threads: (words) => {
      const one = (): boolean => {
        Atomics.store(words, WORD, (0x7ffe << 16) | FREE);
        for (const generation of [0x7fff, 0, 1]) {
          expect(generationOf(claim(words, WORD, 9)) === generation, "generations follow each other");
          expect(claim(words, WORD, 9) === 0, "no slot is claimed twice");
          expect(begin(words, WORD, 9) === 0, "no frame runs that is not filled");
          expect(!seize(words, WORD, 9), "nor is it seized");
          if (generation === 0) {
            unclaim(words, WORD);
            expect(Atomics.load(words, WORD) === FREE, "an unclaimed slot is free");
            continue;
          }
          start(words, WORD);
          expect(Atomics.load(words, WORD) === ((generation << 16) | NOTIFIED), "a started task is ready");
          expect(cancel(words, WORD, generation) !== WOKEN, "a task that is ready is in a queue");
          expect((begin(words, WORD, 8) & CANCEL) !== 0, "a cancel is kept for the poll");
          expect(runnerOf(Atomics.load(words, WORD)) === 8, "the word says who runs it");
          expect(!suspend(words, WORD), "nobody woke it");
          expect(begin(words, WORD, 8) === 0, "what waits is not begun");
          expect(wake(words, WORD, generation) === WOKEN, "what waits is woken");
          expect(wake(words, WORD, generation) !== WOKEN, "and once");
          expect(begin(words, WORD, 8) !== 0, "it runs");
          expect(begin(words, WORD, 8) === 0, "it runs once");
          expect(!seize(words, WORD, 3), "what runs is not seized");
          expectSeizes(words, generation);
          expect(begin(words, WORD, 8) !== 0, "it is woken as before");
          finish(words, WORD);
          expect(
            (Atomics.load(words, WORD) & ~(0xff << 8)) === ((generation << 16) | FREE),
            "a finished task is gone",
          );
          expect(runnerOf(Atomics.load(words, WORD)) === 8, "and it is known who ran it");
          expect(wake(words, WORD, generation) === STALE, "and nobody wakes it");
          expect(!seize(words, WORD, 9), "or seizes it");
        }
        return true;
      };
      return [one];
    },
  };
}

function expect(isSo: boolean, what: string): void {
  if (!isSo) loom.fail(what);
}

/** Two that seize a task, while it is woken. */
function seizes(): Scenario {
  return {
    name: "task word: a task that is seized",
    size: 1,
    threads: (words) => {
      Atomics.store(words, WORD, GENERATION << 16);
      const seizer = (me: number) => (): boolean => {
        if (!seize(words, WORD, me)) return true;
        if (loom.count(POLLING) !== 1) loom.fail("two have it");
        if (runnerOf(Atomics.load(words, WORD)) !== me) loom.fail("another has it");
        loom.count(POLLING, -1);
        if (suspend(words, WORD)) loom.count(ENDS);
        return true;
      };
      const waker = (): boolean => {
        if (wake(words, WORD, GENERATION) === WOKEN) loom.count(ENDS);
        return true;
      };
      return [seizer(1), seizer(2), waker];
    },
    atEnd: () => {
      if (loom.count(ENDS, 0) < 1) loom.fail("the wake is lost");
    },
  };
}

/** A poll that knows of its cancel, while something wakes the task. */
function knows(): Scenario {
  return {
    name: "task word: a cancel that the poll knows of",
    size: 1,
    threads: (words) => {
      Atomics.store(words, WORD, (GENERATION << 16) | RUNNING | CANCEL);
      const poll = (): boolean => {
        clearCancel(words, WORD);
        return true;
      };
      const waker = (): boolean => {
        wake(words, WORD, GENERATION);
        return true;
      };
      return [poll, waker];
    },
    atEnd: () => {
      expect(Atomics.load(loom.words, WORD) === ((GENERATION << 16) | RUNNING | NOTIFIED), "both are seen");
    },
  };
}

export const scenarios: Scenario[] = [
  knows(),
  seizes(),
  lives(),
  claims(),
  givesBack(),
  play({ name: "one waker", wakers: 1, workers: 1, sees: ["woken while it ran", "waits"] }),
  play({ name: "two workers", wakers: 1, workers: 2, sees: ["woken while it ran", "waits"] }),
  play({ name: "two wakers, two workers", wakers: 2, workers: 2, isBig: true, sees: ["waits"] }),
  play({ name: "an item too many", wakers: 1, workers: 2, extra: 1, sees: ["was taken by another"] }),
  play({ name: "a task that yields", wakers: 1, workers: 2, yields: true, sees: ["waits"] }),
  play({ name: "a cancel alone", wakers: 0, workers: 2, cancels: true, sees: ["cancelled", "waits"] }),
  play({ name: "a cancel of a task that yields", wakers: 0, workers: 1, cancels: true, yields: true }),
  play({ name: "a cancel", wakers: 1, workers: 1, cancels: true, sees: ["cancelled", "waits"] }),
  play({ name: "a worker that dies", wakers: 1, workers: 2, mortal: "worker", sees: ["waits"] }),
  play({ name: "a waker that dies", wakers: 1, workers: 2, mortal: "waker", sees: ["waits"] }),
  play({
    name: "a cancel, two workers",
    wakers: 1,
    workers: 2,
    cancels: true,
    isBig: true,
    sees: ["cancelled"],
  }),
  play({ name: "three wakers, two workers", wakers: 3, workers: 2, isBig: true, sees: ["waits"] }),
];
