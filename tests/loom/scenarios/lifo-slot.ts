/** The owner of a slot, and a thief: each item comes out once. */
import { NONE } from "../../../targets/node/threads/lock-free/deque.js";
import {
  clearLifo,
  isLifoEmpty,
  lifoAt,
  putLifo,
  takeLifo,
  LIFO_WORDS,
  type LifoSlot,
} from "../../../targets/node/threads/lock-free/lifo-slot.js";
import type { Scenario } from "../explore.js";

const ITEMS = 3;

function got(item: number): void {
  if (item === NONE) return;
  if (item < 0 || item >= ITEMS || loom.count(item) > 1) loom.fail(`item ${item} came out again`);
}

function scenario(): Scenario {
  let slot: LifoSlot;
  return {
    name: "lifo slot: an owner and two thieves",
    size: LIFO_WORDS,
    threads: (words) => {
      slot = lifoAt(words, 0);
      clearLifo(slot);
      const owner = (local: number[]): boolean => {
        const [item = 0] = local;
        if (item === ITEMS) return true;
        local[0] = item + 1;
        const before = putLifo(slot, item);
        loom.saw(before === NONE ? "put" : "displaced");
        got(before);
        if (item === 1) {
          if (isLifoEmpty(slot)) loom.saw("stolen");
          got(takeLifo(slot));
        }
        return false;
      };
      const thief = (): boolean => {
        const item = takeLifo(slot);
        loom.saw(item === NONE ? "nothing" : "taken");
        got(item);
        return true;
      };
      return [owner, thief, thief];
    },
    atEnd: () => {
      const isEmpty = isLifoEmpty(slot);
      const left = takeLifo(slot);
      if (isEmpty !== (left === NONE)) loom.fail("it says what is not so");
      got(left);
      for (let item = 0; item < ITEMS; item++) {
        if (loom.count(item, 0) !== 1) loom.fail(`item ${item} came out ${loom.count(item, 0)} times`);
      }
      if (!isLifoEmpty(slot)) loom.fail("not empty at the end");
    },
    sees: ["put", "displaced", "stolen", "nothing", "taken"],
  };
}

export const scenarios: Scenario[] = [scenario()];
