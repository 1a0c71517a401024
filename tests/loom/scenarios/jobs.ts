/** Jobs of a lane: each is run once and answered once, whatever is taken back, aborted, or dies. */
import {
  ASLEEP,
  CONDEMNED,
  FREE,
  INLINE,
  LINGERS,
  LaneMemory,
  PRIORITIES,
  QUEUED,
  RETURNED,
  RUNNING,
  laneWords,
} from "../../../targets/node/threads/memory.js";
import type { Scenario } from "../explore.js";

const SLOTS = 2;
const NORMAL = 1;
/** More than a queue has places. */
const NAMES = 5;
/** Ghosts: how often each slot was run, and after them what else was settled. */
const SETTLED = 8;

/** A thread, with its own view of the memory. */
type Body = (memory: LaneMemory, local: number[]) => boolean;

/** Numbers that a body keeps itself. */
const OWN = 1;

interface Play {
  readonly name: string;
  readonly workers: number;
  readonly bodies: (memory: LaneMemory) => readonly Body[];
  readonly atEnd: (memory: LaneMemory, died: number) => void;
  readonly mortal?: readonly number[];
  readonly recovery?: number;
  readonly sees?: readonly string[];
  readonly sleepers?: readonly number[];
}

function play({ name, workers, bodies, atEnd, ...rest }: Play): Scenario {
  let memory: LaneMemory;
  return {
    name: `jobs: ${name}`,
    size: laneWords(workers, SLOTS),
    threads: (words) => {
      memory = new LaneMemory(workers, words, SLOTS);
      return bodies(memory).map((body) => threadOf(new LaneMemory(workers, words, SLOTS), body));
    },
    atEnd: (died) => {
      // Of another run.
      memory.seen.fill(0);
      atEnd(memory, died);
    },
    ...rest,
  };
}

/** What the view has seen is kept beside what the body keeps. */
function threadOf(view: LaneMemory, body: Body): (local: number[]) => boolean {
  return (local) => {
    view.seen.forEach((_, i) => (view.seen[i] = local[OWN + i] ?? 0));
    const isOver = body(view, local);
    view.seen.forEach((seen, i) => (local[OWN + i] = seen));
    return isOver;
  };
}

function submit(memory: LaneMemory, slot: number, queue = NORMAL): void {
  memory.queue(slot, 0, INLINE);
  memory.offer(queue, slot);
}

/** Takes a job and answers it; the end when there is none. */
function workerOf(me: number): Body {
  return (memory) => {
    const slot = memory.take(me);
    if (slot < 0) return true;
    loom.count(slot);
    if (!memory.finish(slot, me, RETURNED, INLINE)) return true;
    memory.answer(me, slot);
    return false;
  };
}

/** A worker that sleeps when there is nothing to do, for ever. */
function sleeper(me: number, state: number): Body {
  return (memory) => {
    const slot = memory.take(me);
    if (slot >= 0) {
      loom.count(slot);
      return false;
    }
    memory.fallAsleep(memory.sleeps(me), state);
    if (memory.waiting + memory.pinned(me) === 0) Atomics.wait(memory.words, memory.sleeps(me), state);
    return !memory.wakeUp(memory.sleeps(me));
  };
}

function expectOnce(slots: readonly number[]): void {
  for (const slot of slots) {
    if (loom.count(slot, 0) !== 1) loom.fail(`job ${slot} was run ${loom.count(slot, 0)} times`);
  }
}

const answersOf = (memory: LaneMemory): number =>
  memory.answered(0) + (memory.workers > 1 ? memory.answered(1) : 0);

export const scenarios: readonly Scenario[] = [
  play({
    name: "two workers share two jobs of two priorities",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0, 2);
      submit(memory, 1, 0);
      return [workerOf(0), workerOf(1)];
    },
    atEnd: (memory) => {
      expectOnce([0, 1]);
      if (answersOf(memory) !== 2) loom.fail(`${answersOf(memory)} answers`);
    },
  }),

  play({
    name: "a job is offered while workers look",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0);
      const main: Body = (memory) => {
        submit(memory, 1);
        return true;
      };
      return [workerOf(0), workerOf(1), main];
    },
    atEnd: (memory) => {
      for (let slot = memory.take(0); slot >= 0; slot = memory.take(0)) loom.count(slot);
      expectOnce([0, 1]);
    },
  }),

  play({
    name: "a job is taken back, and its slot used again while its old name waits",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0);
      const main: Body = (memory) => {
        if (!memory.change(0, QUEUED, FREE)) return true;
        loom.saw("taken back");
        loom.count(SETTLED);
        submit(memory, 0);
        return true;
      };
      return [workerOf(0), workerOf(1), main];
    },
    atEnd: (memory) => {
      for (let slot = memory.take(0); slot >= 0; slot = memory.take(0)) loom.count(slot);
      expectOnce([0]);
    },
    sees: ["taken back"],
  }),

  ...[ASLEEP, LINGERS].map((state) =>
    play({
      name: `nobody oversleeps a job, asleep as ${state}`,
      workers: 1,
      bodies: () => {
        const main: Body = (memory) => {
          for (const slot of [0, 1]) {
            submit(memory, slot);
            memory.wake(memory.sleeps(0));
          }
          return true;
        };
        return [sleeper(0, state), main];
      },
      sleepers: [0],
      atEnd: () => expectOnce([0, 1]),
    }),
  ),

  play({
    name: "nobody oversleeps a job that is pinned to it, beside one that is not",
    workers: 1,
    bodies: () => {
      const main: Body = (memory) => {
        submit(memory, 0, PRIORITIES);
        memory.wake(memory.sleeps(0));
        submit(memory, 1);
        memory.wake(memory.sleeps(0));
        return true;
      };
      return [sleeper(0, ASLEEP), main];
    },
    sleepers: [0],
    atEnd: () => expectOnce([0, 1]),
  }),

  play({
    name: "a pinned job is its worker's alone, whoever looks",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0, PRIORITIES + 1);
      submit(memory, 1);
      const other: Body = (memory) => {
        for (let slot = memory.take(0); slot >= 0; slot = memory.take(0)) {
          if (slot === 0) loom.fail("taken by another worker");
          loom.count(slot);
        }
        return true;
      };
      return [other, workerOf(1)];
    },
    atEnd: (memory) => {
      for (let slot = memory.take(1); slot >= 0; slot = memory.take(1)) loom.count(slot);
      expectOnce([0, 1]);
    },
  }),

  play({
    name: "the main thread oversleeps no answer",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0);
      submit(memory, 1);
      const answering = (me: number): Body => {
        const once = workerOf(me);
        return (memory, local) => {
          const isOver = once(memory, local);
          memory.wake(memory.mainSleeps);
          return isOver;
        };
      };
      const main: Body = (memory) => {
        if (answersOf(memory) === 2) return true;
        memory.fallAsleep(memory.mainSleeps, ASLEEP);
        if (answersOf(memory) < 2) Atomics.wait(memory.words, memory.mainSleeps, ASLEEP);
        memory.wakeUp(memory.mainSleeps);
        return false;
      };
      return [answering(0), answering(1), main];
    },
    atEnd: () => expectOnce([0, 1]),
  }),

  play({
    name: "a job that is condemned while it ends is ended once, and its worker takes no other",
    workers: 1,
    bodies: (memory) => {
      submit(memory, 0);
      submit(memory, 1);
      const main: Body = (memory) => {
        if (memory.stateOf(0) !== RUNNING || !memory.condemn(0, 0)) return true;
        loom.saw("condemned");
        loom.count(SETTLED);
        return true;
      };
      return [workerOf(0), main];
    },
    atEnd: (memory) => {
      const isCondemned = memory.stateOf(0) === CONDEMNED;
      if (isCondemned !== (loom.count(SETTLED, 0) === 1)) loom.fail("condemned, and not");
      if (memory.answered(0) !== (isCondemned ? 0 : 2)) loom.fail(`${memory.answered(0)} answers`);
      if (isCondemned && memory.stateOf(1) !== QUEUED) loom.fail("a condemned worker took a job");
    },
    sees: ["condemned"],
  }),

  play({
    name: "a worker is dismissed while a job comes: it takes the job, or never wakes up",
    workers: 1,
    bodies: () => {
      const main: Body = (memory) => {
        if (memory.dismiss(0)) {
          loom.saw("dismissed");
          loom.count(SETTLED);
        }
        submit(memory, 0);
        if (memory.wake(memory.sleeps(0))) loom.saw("woken");
        return true;
      };
      return [sleeper(0, ASLEEP), main];
    },
    sleepers: [0],
    atEnd: (memory) => {
      const isRun = loom.count(0, 0) === 1;
      if (isRun === (memory.stateOf(0) === QUEUED)) loom.fail("run, and still there");
      if (isRun && loom.count(SETTLED, 0) > 0) loom.fail("a dismissed worker took a job");
    },
    sees: ["dismissed", "woken"],
  }),

  play({
    name: "a queue that is full of old names has room when they are taken",
    workers: 1,
    bodies: () => {
      const main: Body = (memory, local) => {
        const [names = 0] = local;
        if (names === NAMES) return true;
        if (!memory.hasRoom(NORMAL)) {
          loom.saw("no room");
          return true;
        }
        submit(memory, 0);
        if (memory.change(0, QUEUED, FREE)) loom.count(SETTLED);
        else loom.saw("taken");
        local[0] = names + 1;
        if (names + 1 === NAMES) loom.saw("all named");
        return false;
      };
      const worker: Body = (memory) => {
        const slot = memory.take(0);
        if (slot >= 0) loom.count(slot);
        return slot < 0;
      };
      return [main, worker];
    },
    atEnd: (memory) => {
      const named = memory.waiting + memory.headOf(NORMAL);
      if (memory.waiting > 2 * SLOTS) loom.fail(`${memory.waiting} names`);
      if (loom.count(SETTLED, 0) + loom.count(0, 0) !== named) loom.fail(`${named} names`);
    },
    sees: ["no room", "all named", "taken"],
  }),

  play({
    name: "a worker dies anywhere: its job is settled, or waits again",
    workers: 2,
    bodies: (memory) => {
      submit(memory, 0);
      submit(memory, 1);
      // As Slots.leftBy does.
      const recovery: Body = (memory) => {
        for (const slot of [0, 1]) {
          if (memory.stateOf(slot) === QUEUED) memory.offer(NORMAL, slot);
          else if (memory.stateOf(slot) === RUNNING && memory.workerOf(slot) === 0) loom.count(SETTLED);
        }
        return true;
      };
      return [workerOf(0), workerOf(1), recovery];
    },
    mortal: [0],
    recovery: 2,
    atEnd: (memory) => {
      for (let slot = memory.take(1); slot >= 0; slot = memory.take(1)) {
        loom.count(slot);
        memory.finish(slot, 1, RETURNED, INLINE);
      }
      for (const slot of [0, 1]) {
        if (loom.count(slot, 0) > 1) loom.fail(`job ${slot} was run ${loom.count(slot, 0)} times`);
        if (memory.stateOf(slot) === QUEUED) loom.fail(`job ${slot} still waits`);
      }
    },
  }),
];
