/** A lock that knows its owner: one has it at a time, nobody sleeps beside a free one, and that of the dead is free. */
import {
  OWNER_WORDS,
  WAITING,
  bury,
  isAbandoned,
  lock,
  ownerOf,
  ownerTask,
  ownerThread,
  unlock,
} from "../../../targets/node/threads/lock-free/owner.js";
import { waitFor, whoWaits } from "../../../targets/node/threads/lock-free/waiting.js";
import type { Scenario } from "../explore.js";
import { expect } from "./in-turn.js";

const TOLD = OWNER_WORDS;

/** Ghost words. */
const INSIDE = 0;
const DONE = 1;
/** Whether its last owner died with it. */
const LEFT = 2;
/** Tasks are numbered as their threads, from here on. */
const TASK = 100;

function wake(words: Int32Array, who: number): void {
  Atomics.store(words, TOLD + who, 1);
  Atomics.notify(words, TOLD + who, 1);
}

const TRY = 0;
const WAIT = 1;
const TRY_AGAIN = 2;
const SLEEP = 3;
const INSIDE_IT = 4;
const TELL = 5;

/** Has the lock so many times. `local` is: times that are over, and what is next. */
function holderOf(words: Int32Array, me: number, times: number) {
  const owner = ownerTask(TASK + me);
  return (local: number[]): boolean => {
    const [over = 0, step = TRY] = local;
    if (over === times) return true;
    if (step === TRY || step === TRY_AGAIN) {
      const has = lock(words, 0, owner);
      if (has && loom.count(INSIDE) > 1) loom.fail("two have it");
      local.splice(0, 2, over, has ? INSIDE_IT : step === TRY ? WAIT : SLEEP);
    } else if (step === WAIT) {
      waitFor(words, WAITING, me);
      local.splice(0, 2, over, TRY_AGAIN);
    } else if (step === SLEEP) {
      Atomics.wait(words, TOLD + me, 0);
      Atomics.store(words, TOLD + me, 0);
      loom.saw("slept");
      local.splice(0, 2, over, TRY);
    } else if (step === INSIDE_IT) {
      if (loom.count(LEFT, 0) > 0) {
        if (!isAbandoned(words, 0)) loom.fail("its last owner has died, and nobody knows");
        loom.saw("abandoned");
        loom.count(LEFT, -1);
      }
      loom.count(INSIDE, -1);
      if (!unlock(words, 0, owner)) loom.fail("it is not its own");
      local.splice(0, 2, over, TELL);
    } else {
      for (let who = 0, left = whoWaits(words, WAITING); left !== 0; who++, left >>>= 1)
        if ((left & 1) !== 0) wake(words, who);
      loom.count(DONE);
      local.splice(0, 2, over + 1, TRY);
    }
    return local[0] === times;
  };
}

function play(
  name: string,
  times: readonly number[],
  mortal: readonly number[] = [],
  sees = ["slept"],
): Scenario {
  return {
    name: `owner: ${name}`,
    size: TOLD + times.length,
    threads: (words) => {
      const recovery = (): boolean => {
        if (ownerOf(words, 0) === ownerTask(TASK + mortal[0]!)) {
          loom.count(INSIDE, -loom.count(INSIDE, 0));
          loom.count(LEFT);
        }
        bury(words, 0, mortal[0]!, (id) => id !== TASK + mortal[0]!);
        times.forEach((_, who) => {
          wake(words, who);
        });
        return true;
      };
      return [
        ...times.map((each, me) => holderOf(words, me, each)),
        ...(mortal.length > 0 ? [recovery] : []),
      ];
    },
    mortal,
    ...(mortal.length > 0 ? { recovery: times.length } : {}),
    atEnd: (died) => {
      const least = times.reduce((sum, each, i) => sum + (i === died ? 0 : each), 0);
      if (loom.count(DONE, 0) < least) loom.fail("somebody never had it");
      expect(ownerOf(loom.words, 0) === 0, "it is free");
      expect(
        isAbandoned(loom.words, 0) === loom.count(LEFT, 0) > 0,
        "it is known whether its last owner died",
      );
    },
    sees,
  };
}

/** One thread, step by step. */
function alone(): Scenario {
  return {
    name: "owner: one thread",
    size: TOLD,
    threads: (words) => [
      () => {
        const [task, thread] = [ownerTask(7), ownerThread(0)];
        bury(words, 0, 1, () => false);
        expect(!isAbandoned(words, 0), "nobody had it");
        expect(task !== 0 && thread !== 0 && ownerTask(0) !== 0, "nobody is nobody");
        expect(lock(words, 0, task) && !lock(words, 0, thread), "one has it");
        expect(!unlock(words, 0, thread) && ownerOf(words, 0) === task, "the other cannot free it");
        bury(words, 0, 0, (id) => id === 7);
        expect(ownerOf(words, 0) === task && !isAbandoned(words, 0), "the task lives");
        bury(words, 0, 0, (id) => id !== 7);
        expect(ownerOf(words, 0) === 0 && isAbandoned(words, 0), "it has died");
        expect(lock(words, 0, thread) && isAbandoned(words, 0), "who has it then sees so");
        bury(words, 0, 1, () => false);
        expect(ownerOf(words, 0) === thread, "another thread has died");
        expect(unlock(words, 0, thread) && !isAbandoned(words, 0), "its release makes it good");
        expect(lock(words, 0, ownerThread(1)), "it is free");
        bury(words, 0, 1, () => true);
        expect(ownerOf(words, 0) === 0 && isAbandoned(words, 0), "the thread has died");
        return true;
      },
    ],
  };
}

/** One looks, while it is released and one dies. */
function looks(): Scenario {
  return {
    name: "owner: one looks",
    size: TOLD,
    threads: (words) => {
      lock(words, 0, ownerTask(TASK));
      const looker = (): boolean => {
        loom.saw(isAbandoned(words, 0) ? "abandoned" : "not abandoned");
        return true;
      };
      const next = (): boolean => {
        if (!lock(words, 0, ownerTask(TASK + 1))) return true;
        unlock(words, 0, ownerTask(TASK + 1));
        return true;
      };
      const recovery = (): boolean => {
        bury(words, 0, 9, (id) => id !== TASK);
        return true;
      };
      return [looker, next, recovery];
    },
    sees: ["abandoned", "not abandoned"],
  };
}

/** A task ends, and releases it, while somebody else's death is seen to. */
function ends(): Scenario {
  const alive = TOLD;
  return {
    name: "owner: it is released while the dead are buried",
    size: TOLD + 1,
    threads: (words) => {
      Atomics.store(words, alive, 1);
      lock(words, 0, ownerTask(TASK));
      const task = (local: number[]): boolean => {
        const [step = 0] = local;
        local[0] = step + 1;
        if (step === 0) unlock(words, 0, ownerTask(TASK));
        else Atomics.store(words, alive, 0);
        return step === 1;
      };
      const other = (): boolean => {
        if (lock(words, 0, ownerTask(TASK + 1))) loom.count(INSIDE);
        return true;
      };
      const recovery = (): boolean => {
        bury(words, 0, 9, (id) => id !== TASK || Atomics.load(words, alive) !== 0);
        return true;
      };
      return [task, other, recovery];
    },
    atEnd: () => {
      const has = loom.count(INSIDE, 0) > 0 ? ownerTask(TASK + 1) : 0;
      expect(ownerOf(loom.words, 0) === has, "it stays whose it is");
      expect(!isAbandoned(loom.words, 0), "nobody left it");
    },
  };
}

export const scenarios: Scenario[] = [
  alone(),
  play("two want it", [1, 1]),
  play("two want it again", [2, 1]),
  play("its owner dies", [1, 1], [0], ["slept", "abandoned"]),
  play("its next owner dies", [2, 1], [1], ["slept", "abandoned"]),
  looks(),
  ends(),
];
