/** Barriers, events and latches: who waits for the end of a round goes on with it, and one of a round is its leader. */
import {
  LAST,
  arrive,
  countDown,
  countOf,
  goAway,
  reset,
  roundOf,
  set,
} from "../../../targets/node/threads/lock-free/rounds.js";
import { waitFor, whoWaits } from "../../../targets/node/threads/lock-free/waiting.js";
import type { Scenario } from "../explore.js";
import { expect, inTurn } from "./in-turn.js";

/** Words. */
const ROUND = 0;
const WAITING = 1;
const TOLD = 2;

/** Ghost words. */
const LEADERS = 0;
const THROUGH = 1;

function tellAll(words: Int32Array): void {
  for (let who = 0, left = whoWaits(words, WAITING); left !== 0; who++, left >>>= 1) {
    if ((left & 1) === 0) continue;
    Atomics.store(words, TOLD + who, 1);
    Atomics.notify(words, TOLD + who, 1);
  }
}

/** Waits until the round is no longer `round`. */
function waitOut(words: Int32Array, me: number, round: number): boolean {
  waitFor(words, WAITING, me);
  if (roundOf(words, ROUND) !== round) return true;
  Atomics.wait(words, TOLD + me, 0);
  Atomics.store(words, TOLD + me, 0);
  loom.saw("slept");
  return false;
}

/** Meets the others so many times. `local` is: rounds that are over, and the round that it waits for, plus one. */
function partyOf(words: Int32Array, me: number, parties: number, rounds: number) {
  return (local: number[]): boolean => {
    const [over = 0, waits = 0] = local;
    if (over === rounds) return true;
    let isThrough = false;
    if (waits > 0) isThrough = waitOut(words, me, waits - 1);
    else {
      const round = arrive(words, ROUND, parties);
      isThrough = round === LAST;
      if (!isThrough) local.splice(0, 2, over, round + 1);
      else {
        loom.count(LEADERS);
        tellAll(words);
      }
    }
    if (!isThrough) return false;
    const through = loom.count(THROUGH);
    // All of the round before have come to this one.
    if (through > parties * loom.count(LEADERS, 0)) loom.fail("one went on before all were there");
    local.splice(0, 2, over + 1, 0);
    return over + 1 === rounds;
  };
}

function barrier(name: string, parties: number, rounds: number, first = 0): Scenario {
  return {
    name: `rounds: ${name}`,
    size: TOLD + parties,
    threads: (words) => {
      Atomics.store(words, ROUND, first << 16);
      return Array.from({ length: parties }, (_, me) => partyOf(words, me, parties, rounds));
    },
    atEnd: () => {
      expect(loom.count(LEADERS, 0) === rounds, "each round has one leader");
      expect(countOf(loom.words, ROUND) === 0, "nobody is there");
      expect(roundOf(loom.words, ROUND) === ((first + rounds) & 0xffff), "so many rounds are over");
    },
    sees: parties > 1 ? ["slept"] : [],
  };
}

/** One arrives and goes away again, while another one comes. */
function goesAway(): Scenario {
  return {
    name: "rounds: one that goes away",
    size: TOLD + 2,
    threads: (words) => {
      const comes = (): boolean => {
        if (arrive(words, ROUND, 2) === LAST) loom.count(LEADERS);
        return true;
      };
      const goes = (local: number[]): boolean => {
        const [round = -1] = local;
        if (round >= 0) {
          const has = goAway(words, ROUND, round);
          loom.count(THROUGH, has ? 1 : 0);
          loom.saw(has ? "went" : "too late");
          return true;
        }
        local[0] = arrive(words, ROUND, 2);
        if (local[0] !== LAST) return false;
        loom.count(LEADERS);
        return true;
      };
      return [comes, goes];
    },
    atEnd: () => {
      const full = loom.count(LEADERS, 0);
      const there = 2 - loom.count(THROUGH, 0) - 2 * full;
      expect(countOf(loom.words, ROUND) === there, "who came, and did not go, is there");
      expect(roundOf(loom.words, ROUND) === full, "when all were there the round is over");
    },
    sees: ["went", "too late"],
  };
}

/** Waits for an event that is set, and reset at once. */
function event(): Scenario {
  return {
    name: "rounds: an event",
    size: TOLD + 2,
    threads: (words) => {
      const waiter =
        (me: number) =>
        (local: number[]): boolean => {
          const [waits = 0] = local;
          if (waits > 0) return waitOut(words, me, waits - 1);
          const round = roundOf(words, ROUND);
          if (countOf(words, ROUND) !== 0) return true;
          local[0] = round + 1;
          return false;
        };
      const setter = inTurn([
        () => {
          set(words, ROUND);
        },
        () => {
          tellAll(words);
        },
        () => {
          reset(words, ROUND);
        },
        () => {
          loom.saw("reset");
        },
        () => {
          set(words, ROUND);
        },
        () => {
          tellAll(words);
        },
      ]);
      return [waiter(0), waiter(1), setter];
    },
    atEnd: () => {
      expect(countOf(loom.words, ROUND) === 1 && roundOf(loom.words, ROUND) === 2, "it is set again");
    },
    sees: ["slept", "reset"],
  };
}

/** Two set it, and one resets it, at once. */
function sets(): Scenario {
  return {
    name: "rounds: an event that two set",
    size: TOLD,
    threads: (words) => {
      const setter = (): boolean => {
        set(words, ROUND);
        return true;
      };
      const resetter = (): boolean => {
        reset(words, ROUND);
        loom.count(THROUGH);
        return true;
      };
      return [setter, setter, resetter];
    },
    atEnd: () => {
      expect(roundOf(loom.words, ROUND) === 2, "each set is a round");
      loom.saw(countOf(loom.words, ROUND) === 0 ? "reset last" : "set last");
    },
    sees: ["reset last", "set last"],
  };
}

function latch(): Scenario {
  return {
    name: "rounds: a latch",
    size: TOLD + 1,
    threads: (words) => {
      Atomics.store(words, ROUND, 3);
      const counter = (by: number): (() => boolean) => {
        return () => {
          const left = countDown(words, ROUND, by);
          if (left === 0) {
            loom.count(LEADERS);
            tellAll(words);
          }
          return true;
        };
      };
      const waiter = (local: number[]): boolean => {
        const [waits = 0] = local;
        if (waits > 0) return waitOut(words, 0, waits - 1);
        const round = roundOf(words, ROUND);
        if (countOf(words, ROUND) === 0) return true;
        local[0] = round + 1;
        return false;
      };
      return [waiter, counter(2), counter(1)];
    },
    atEnd: () => {
      expect(loom.count(LEADERS, 0) === 1, "it ends once");
    },
    sees: ["slept"],
  };
}

/** One thread, step by step. */
function alone(): Scenario {
  return {
    name: "rounds: one thread",
    size: TOLD,
    threads: (words) => [
      () => {
        expect(arrive(words, ROUND, 3) === 0 && arrive(words, ROUND, 3) === 0, "two wait for round 0");
        expect(countOf(words, ROUND) === 2, "they are two");
        expect(goAway(words, ROUND, 0) && countOf(words, ROUND) === 1, "one goes away");
        expect(arrive(words, ROUND, 3) === 0 && arrive(words, ROUND, 3) === LAST, "the third is the last");
        expect(roundOf(words, ROUND) === 1 && countOf(words, ROUND) === 0, "the next round begins");
        expect(!goAway(words, ROUND, 0) && countOf(words, ROUND) === 0, "nothing is taken back");
        expect(arrive(words, ROUND, 1) === LAST && roundOf(words, ROUND) === 2, "alone one is the last");
        Atomics.store(words, ROUND, 0x7fff0005);
        expect(
          countDown(words, ROUND, 2) === 3 && countDown(words, ROUND, 4) === -4,
          "3 are left, and not 4",
        );
        expect(countDown(words, ROUND, 0) === 3 && countDown(words, ROUND, 3) === 0, "then none");
        expect(
          roundOf(words, ROUND) === 0x8000 && countOf(words, ROUND) === 0,
          "that is the end of the round",
        );
        Atomics.store(words, ROUND, -0x10000);
        set(words, ROUND);
        expect(roundOf(words, ROUND) === 0 && countOf(words, ROUND) === 1, "rounds come round");
        reset(words, ROUND);
        expect(roundOf(words, ROUND) === 0 && countOf(words, ROUND) === 0, "it is reset");
        return true;
      },
    ],
  };
}

export const scenarios: Scenario[] = [
  alone(),
  barrier("two parties, two rounds", 2, 2),
  barrier("three parties", 3, 1),
  barrier("rounds come round", 2, 2, 0xffff),
  goesAway(),
  event(),
  sets(),
  latch(),
];
