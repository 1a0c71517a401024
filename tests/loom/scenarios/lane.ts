/** Jobs, from where they are submitted to where they settle: nobody sleeps beside one, or beside an answer. */
import { LaneMemory, PRIORITIES, laneWords } from "../../../targets/node/threads/memory.js";
import type { Scenario } from "../explore.js";
import { NORMAL, RUN, SETTLED, SLOTS, mainOf, workerOf } from "./lane-world.js";

interface Play {
  readonly name: string;
  readonly workers: number;
  /** The queue of each job. */
  readonly queues: readonly number[];
  /** Jobs that wait for their own events, a bit each. */
  readonly waits?: number;
  readonly isBig?: boolean;
}

function play({ name, workers, queues, waits = 0, isBig = false }: Play): Scenario {
  return {
    name: `lane: ${name}`,
    isBig,
    hasTimeouts: true,
    size: laneWords(workers, SLOTS),
    threads: (words) => {
      const view = (): LaneMemory => new LaneMemory(workers, words, SLOTS);
      const each = Array.from({ length: workers }, (_, me) => workerOf(view(), me, waits));
      return [...each, mainOf(view(), queues)];
    },
    atEnd: () => {
      queues.forEach((_, slot) => {
        if (loom.count(RUN + slot, 0) !== 1) loom.fail(`all sleep, and job ${slot} was not run`);
        if (loom.count(SETTLED + slot, 0) !== 1) loom.fail(`all sleep, and job ${slot} is not settled`);
      });
    },
  };
}

export const scenarios: Scenario[] = [
  play({ name: "a job", workers: 1, queues: [NORMAL] }),
  play({ name: "a job that is pinned", workers: 1, queues: [PRIORITIES] }),
  play({ name: "a job that waits for its own events", workers: 1, queues: [NORMAL], waits: 1 }),
  play({ name: "two jobs", workers: 1, queues: [NORMAL, NORMAL], isBig: true }),
  play({
    name: "a job beside one that waits",
    workers: 1,
    queues: [NORMAL, PRIORITIES],
    waits: 1,
    isBig: true,
  }),
  play({ name: "two workers", workers: 2, queues: [NORMAL], isBig: true }),
];
