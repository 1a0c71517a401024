/** Threads that wait: each is told once for each time that it has said so, or its bit is still there. */
import { waitFor, whoWaits } from "../../../targets/node/threads/lock-free/waiting.js";
import type { Scenario } from "../explore.js";
import { expect } from "./in-turn.js";

const AT = 1;

function told(name: string, waiters: number, tellers: number): Scenario {
  return {
    name: `waiting: ${name}`,
    size: AT + 1,
    threads: (words) => [
      ...Array.from({ length: waiters }, (_, me) => (): boolean => {
        waitFor(words, AT, me);
        return true;
      }),
      ...Array.from({ length: tellers }, () => (): boolean => {
        count(whoWaits(words, AT), waiters);
        return true;
      }),
    ],
    atEnd: () => {
      count(Atomics.load(loom.words, AT), waiters);
      for (let me = 0; me < waiters; me++) {
        if (loom.count(me, 0) !== 1) loom.fail(`thread ${me} is told ${loom.count(me, 0)} times`);
      }
    },
    sees: ["told"],
  };
}

function count(threads: number, waiters: number): void {
  if (threads !== 0) loom.saw("told");
  for (let me = 0; me < waiters; me++) loom.count(me, (threads >> me) & 1);
}

/** One thread, step by step. */
function alone(): Scenario {
  return {
    name: "waiting: one thread",
    size: AT + 1,
    threads: (words) => [
      () => {
        expect(whoWaits(words, AT) === 0, "nobody waits");
        waitFor(words, AT, 0);
        expect(whoWaits(words, AT) === 1, "number 0 does");
        waitFor(words, AT, 30);
        waitFor(words, AT, 2);
        expect(whoWaits(words, AT) === (1 << 30) + 4, "two others do");
        expect(whoWaits(words, AT) === 0, "and were told");
        return true;
      },
    ],
  };
}

export const scenarios: Scenario[] = [
  alone(),
  told("one waits, two tell", 1, 2),
  told("two wait, one tells", 2, 1),
  told("two wait, two tell", 2, 2),
];
