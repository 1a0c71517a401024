/** What one thread does with a channel, or with its own item, while others go on. */
import {
  arrive,
  bury,
  cellsWords,
  claimToFill,
  claimToTake,
  countOf,
  leave,
  type Cells,
} from "../../../targets/node/threads/lock-free/channel.js";
import type { Scenario } from "../explore.js";
import { isAsNew } from "./channel-alone.js";
import {
  LEFT,
  MOST,
  OUTSIDE,
  REFUSED,
  drain,
  fill,
  receiverOf,
  senderOf,
  take,
  taskOf,
  type Actor,
} from "./channel-threads.js";
import { expect, inTurn } from "./in-turn.js";

/** A thread that is dead, and had nothing. */
const HEIR = 29;

/** One looks how many there are, while the others go on. */
function counted(): Scenario {
  const capacity = 2;
  return {
    name: "channel: counted meanwhile",
    size: cellsWords(capacity),
    threads: (words) => {
      const cells = { words, at: 0, capacity };
      const actor = (me: number): Actor => ({ cells, tries: true, me, told: 0 });
      const looks = (): boolean => {
        const count = countOf(cells);
        if (count < 0 || count > capacity) loom.fail(`${count} of ${capacity} are there`);
        loom.saw(`${count}`);
        return true;
      };
      return [senderOf(actor(0), 2, false), receiverOf(actor(1), "tt", true), looks];
    },
    sees: ["0", "1", "2"],
  };
}

/** A task carries its item, comes to a thread, and ends, while somebody else's death is seen to. */
function ends(): Scenario {
  const alive = cellsWords(1);
  return {
    name: "channel: a task with an item ends while the dead are buried",
    size: alive + 1,
    threads: (words) => {
      const cells = { words, at: 0, capacity: 1 };
      Atomics.store(words, alive, 1);
      fill(cells, claimToFill(cells, OUTSIDE), 1);
      claimToTake(cells, 0);
      const task = inTurn([
        () => {
          leave(cells, 0, taskOf(0));
        },
        () => {
          if (!arrive(cells, 0, taskOf(0), 0)) loom.fail("it is not there");
        },
        () => {
          take(cells, 0, false);
        },
        () => {
          Atomics.store(words, alive, 0);
        },
      ]);
      const recovery = (): boolean => {
        bury(cells, HEIR, () => Atomics.load(words, alive) !== 0);
        return true;
      };
      return [task, recovery];
    },
    atEnd: () => {
      const cells = { words: loom.words, at: 0, capacity: 1 };
      expect(drain(cells) === 0, "it came once");
      isAsNew(cells);
    },
  };
}

/** What a task carried that has failed lies in the way of a sender, while it is given back. */
function failedInTheWay(): Scenario {
  const capacity = 2;
  return {
    name: "channel: what the dead carried lies in the way",
    size: cellsWords(capacity),
    threads: (words) => {
      const cells = { words, at: 0, capacity };
      for (const item of [1, 2]) fill(cells, claimToFill(cells, OUTSIDE), item);
      leave(cells, claimToTake(cells, OUTSIDE), taskOf(0));
      take(cells, claimToTake(cells, OUTSIDE), false);
      loom.count(LEFT, 2);
      const recovery = (): boolean => {
        bury(cells, HEIR, () => false);
        return true;
      };
      return [senderOf({ cells, tries: true, me: 1, told: 0 }, 2, false), recovery];
    },
    atEnd: () => {
      const cells = { words: loom.words, at: 0, capacity };
      expect(drain(cells) + loom.count(REFUSED, 0) === 3, "all come");
      isAsNew(cells);
    },
  };
}

/** Three threads give back what they had borrowed, one of them is at it already: a bag of so many cells has room for all. */
function lent(): Scenario {
  const capacity = 3;
  return {
    name: "channel: a bag that all give back to",
    size: cellsWords(capacity),
    threads: (words) => {
      const cells: Cells = { words, at: 0, capacity };
      for (let item = 1; item <= capacity; item++) fill(cells, claimToFill(cells, OUTSIDE), item);
      const [first, second, third] = [0, 1, 2].map((me) => claimToTake(cells, me)) as [
        number,
        number,
        number,
      ];
      take(cells, first, false);
      take(cells, third, false);
      const filled = claimToFill(cells, 0, true);
      const fills = (): void => {
        fill(cells, filled, itemOf(0));
      };
      const reads = (): void => {
        take(cells, second, false);
      };
      return [inTurn([fills]), inTurn([reads, givingBack(cells, 1)]), inTurn([givingBack(cells, 2)])];
    },
    atEnd: () => {
      const cells: Cells = { words: loom.words, at: 0, capacity };
      expect(drain(cells) === capacity, "all are there again");
      isAsNew(cells);
    },
  };
}

/** Others may be faster twice: then it looks again. */
function givingBack(cells: Cells, me: number): () => void {
  return () => {
    let cell = claimToFill(cells, me, true);
    for (let left = 2; cell < 0 && left > 0; left--) cell = claimToFill(cells, me, true);
    if (cell < 0) loom.fail("there is no room for what was lent");
    fill(cells, cell, itemOf(me));
  };
}

/** What thread `me` gives back: no other item is that one. */
function itemOf(me: number): number {
  return me * MOST + MOST;
}

export const meanwhile: Scenario[] = [counted(), ends(), failedInTheWay(), lent()];
