/** Slots that are taken and given back: none has two owners, and none is lost. */
import { NO_SLOT, addFree, freeSetAt, freeSetWords, takeFree, type FreeSet } from "../../../targets/node/threads/lock-free/free-set.js";
import type { Scenario } from "../explore.js";

interface Play {
  readonly name: string;
  /** Slots that are free at first: each 31 apart, so that they lie in several words. */
  readonly slots: number;
  /** What each thread does: t takes, g gives back what it took first. */
  readonly threads: readonly string[];
  readonly sees?: readonly string[];
}

const APART = 31;

function play({ name, slots, threads, sees = [] }: Play): Scenario {
  const size = (slots - 1) * APART + 1;
  let set: FreeSet;
  return {
    name: `free set: ${name}`,
    size: freeSetWords(size),
    threads: (words) => {
      set = freeSetAt(words, 0, size);
      for (let i = 0; i < slots; i++) addFree(set, i * APART);
      return threads.map((steps) => threadOf(set, steps));
    },
    atEnd: () => {
      let found = 0;
      for (let slot = takeFree(set); slot !== NO_SLOT; slot = takeFree(set)) {
        own(slot, slots);
        found++;
      }
      const kept = loom.count(20, 0);
      if (found + kept !== slots) loom.fail(`${slots - found - kept} slots are lost`);
    },
    sees,
  };
}

function own(slot: number, slots: number): void {
  if (slot % APART !== 0 || slot / APART >= slots) loom.fail(`slot ${slot} was never free`);
  if (loom.count(slot / APART) > 1) loom.fail(`slot ${slot} has two owners`);
}

/** `local` is: next step, slots that it has. */
function threadOf(set: FreeSet, steps: string) {
  const { slots } = set;
  return (local: number[]): boolean => {
    const [step = 0, ...mine] = local;
    if (step === steps.length) return true;
    if (steps[step] === "t") {
      const slot = takeFree(set);
      if (slot === NO_SLOT) loom.saw("none");
      else {
        own(slot, (slots - 1) / APART + 1);
        loom.count(20);
        mine.push(slot);
      }
    } else if (mine.length > 0) {
      const slot = mine.shift()!;
      loom.count(slot / APART, -1);
      loom.count(20, -1);
      addFree(set, slot);
    }
    local.splice(0, local.length, step + 1, ...mine);
    return false;
  };
}

/** Where a search begins, and that it finds the highest slot of a word. */
function hints(): Scenario {
  return {
    name: "free set: hints",
    size: freeSetWords(96),
    threads: (words) => {
      const set = freeSetAt(words, 0, 96);
      const one = (): boolean => {
        for (const slot of [5, 40, 41, 95]) addFree(set, slot);
        const taken = [takeFree(set), takeFree(set), takeFree(set)];
        if (String(taken) !== "5,41,40") loom.fail(`took ${String(taken)}`);
        if (Atomics.load(words, 0) !== 1) loom.fail("the hint is not where the last slot was");
        addFree(set, 5);
        if (takeFree(set) !== 95 || takeFree(set) !== 5 || takeFree(set) !== NO_SLOT) loom.fail("not in turn");
        if (Atomics.load(words, 0) !== 0) loom.fail("the hint does not come round");
        return true;
      };
      return [one];
    },
  };
}

export const scenarios: Scenario[] = [
  hints(),
  play({ name: "one thread", slots: 4, threads: ["ttttgtgtt"], sees: ["none"] }),
  play({ name: "two threads", slots: 2, threads: ["tgt", "ttg"], sees: ["none"] }),
  play({ name: "three threads", slots: 2, threads: ["t", "tg", "tg"], sees: ["none"] }),
  play({ name: "words apart", slots: 3, threads: ["ttg", "tt"], sees: ["none"] }),
];
