/** The latest value: whoever reads it meanwhile has one that was set, whole, and never an older one than before. */
import {
  WAITING,
  beginOf,
  cellOf,
  currentOf,
  isCurrent,
  latestWords,
  publish,
  spareOf,
  versionOf,
} from "../../../targets/node/threads/lock-free/latest.js";
import { waitFor, whoWaits } from "../../../targets/node/threads/lock-free/waiting.js";
import type { Scenario } from "../explore.js";
import { expect } from "./in-turn.js";

/** Words of a value, which must be alike. */
const SIZE = 2;
const AT = 4;

function put(words: Int32Array, me: number, value: number): void {
  const cell = spareOf(words, AT, me);
  const begin = beginOf(AT, SIZE, cell);
  Atomics.store(words, begin, value);
  Atomics.store(words, begin + 1, value);
  publish(words, AT, cell);
}

/** The latest value, or -1 when it changed meanwhile. */
function read(words: Int32Array): number {
  const current = currentOf(words, AT);
  const begin = beginOf(AT, SIZE, cellOf(current));
  const [one, other] = [Atomics.load(words, begin), Atomics.load(words, begin + 1)];
  if (!isCurrent(words, AT, current)) return -1;
  if (one !== other) loom.fail(`it is half ${one} and half ${other}`);
  return one;
}

/** Values of writer w are w * 10 + 1 and on. */
function writerOf(words: Int32Array, me: number, count: number) {
  return (local: number[]): boolean => {
    const [over = 0] = local;
    if (over === count) return true;
    local[0] = over + 1;
    put(words, me, me * 10 + over + 1);
    return over + 1 === count;
  };
}

function readerOf(words: Int32Array, times: number) {
  return (local: number[]): boolean => {
    const [over = 0, last = 0] = local;
    const value = read(words);
    if (value > 0 && value < 10 && last < 10 && value < last) loom.fail(`${value} came after ${last}`);
    if (value > 0) loom.saw("a value");
    if (value < 0) loom.saw("changed");
    local.splice(0, 2, over + 1, value > 0 ? value : last);
    return over + 1 === times;
  };
}

function play(
  name: string,
  writers: readonly number[],
  reads: number,
  mortal: readonly number[] = [],
): Scenario {
  return {
    name: `latest: ${name}`,
    size: AT + latestWords(writers.length, SIZE),
    threads: (words) => [
      ...writers.map((count, me) => writerOf(words, me, count)),
      ...(reads > 0 ? [readerOf(words, reads)] : []),
    ],
    mortal,
    atEnd: (died) => {
      const sets = writers.reduce((sum, each) => sum + each, 0);
      const version = versionOf(currentOf(loom.words, AT));
      if (version > sets || (died < 0 && version !== sets))
        loom.fail(`${sets} were set, and it is version ${version}`);
      const last = read(loom.words);
      const isLast = writers.some((count, me) => last === me * 10 + count);
      if (died < 0 && !isLast) loom.fail(`${last} is none of the last`);
      // It is as good as new.
      put(loom.words, 0, 77);
      expect(read(loom.words) === 77, "it can be set again");
    },
    sees: reads > 0 ? ["a value", "changed"] : [],
  };
}

/** Waits for a version, and then another one. */
function waits(): Scenario {
  const told = AT + latestWords(1, SIZE);
  return {
    name: "latest: one that waits",
    size: told + 1,
    threads: (words) => {
      const setter = (local: number[]): boolean => {
        const [step = 0] = local;
        local[0] = step + 1;
        if (step % 2 === 0) put(words, 0, step + 1);
        else if (whoWaits(words, AT + WAITING) !== 0) {
          Atomics.store(words, told, 1);
          Atomics.notify(words, told, 1);
        }
        return step === 3;
      };
      const waiter = (local: number[]): boolean => {
        const [seen = 0] = local;
        const has = (): boolean => versionOf(currentOf(words, AT)) !== seen;
        if (!has()) {
          waitFor(words, AT + WAITING, 0);
          if (!has()) {
            Atomics.wait(words, told, 0);
            Atomics.store(words, told, 0);
            loom.saw("slept");
            return false;
          }
        }
        local[0] = versionOf(currentOf(words, AT));
        return local[0] === 2;
      };
      return [setter, waiter];
    },
    sees: ["slept"],
  };
}

/** One thread, step by step. */
function alone(): Scenario {
  return {
    name: "latest: one thread",
    size: AT + latestWords(3, SIZE),
    threads: (words) => [
      () => {
        put(words, 0, 5);
        expect(versionOf(currentOf(words, AT)) === 1 && read(words) === 5, "the first version is 1");
        const current = currentOf(words, AT);
        put(words, 2, 6);
        expect(
          !isCurrent(words, AT, current) && versionOf(currentOf(words, AT)) === 2 && read(words) === 6,
          "then 2",
        );
        put(words, 2, 7);
        expect(
          read(words) === 7 && beginOf(AT, SIZE, 5) + SIZE === AT + latestWords(3, SIZE),
          "from the same thread, too",
        );
        const cells = [spareOf(words, AT, 0), spareOf(words, AT, 1), spareOf(words, AT, 2)];
        expect(new Set([...cells, cellOf(currentOf(words, AT))]).size === 4, "each fills another cell");
        Atomics.store(words, AT, -64);
        put(words, 1, 8);
        expect(versionOf(currentOf(words, AT)) === 1, "no version is 0");
        Atomics.store(words, AT, 0x7fffffc0);
        put(words, 1, 9);
        expect(versionOf(currentOf(words, AT)) === 0x2000000 && read(words) === 9, "versions have 26 bits");
        return true;
      },
    ],
  };
}

export const scenarios: Scenario[] = [
  alone(),
  play("one sets, one reads", [2], 2),
  play("two set", [1, 1], 1),
  play("one sets, and dies", [2], 1, [0]),
  waits(),
];
