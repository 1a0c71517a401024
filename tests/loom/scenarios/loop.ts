/** Threads that take turns, doze, park and are woken, each in its event loop: every task comes to its end, and is told of. */
import { push } from "../../../targets/node/threads/lock-free/deque.js";
import { prepareToSleep, sleep } from "../../../targets/node/threads/lock-free/parking.js";
import { FREE } from "../../../targets/node/threads/lock-free/task-word.js";
import { deliver, inject, schedule, type Flavor } from "../../../targets/node/threads/tasks/queues.js";
import { WORD, indexOf } from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";
import { HEARD, looping } from "./loop-world.js";
import {
  LOCALS,
  MAIN,
  POLLS,
  SLOT,
  SMALLEST,
  begin,
  executorOf,
  layOut,
  prepare,
  type Program,
  type World,
} from "./task-world.js";

/** A ghost word: one that sleeps was woken. */
const WOKEN = 24;

interface Play {
  readonly name: string;
  readonly program: Program;
  readonly flavor?: Flavor;
  /** Threads with a loop. */
  readonly loops: readonly number[];
  readonly pin?: number;
  /** Whether the task is there from the beginning. */
  readonly isThere?: boolean;
  /** A worker without a loop, which makes the task ready in the middle of something that takes for ever. */
  readonly busy?: number;
  /** Whether that has it in its queue, from the beginning, and another worker sleeps, which must be woken when it is stolen. */
  readonly wakesNext?: boolean;
  /** The thread for which a local task becomes ready. */
  readonly local?: number;
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

function play({
  name,
  program,
  flavor = "workStealing",
  loops,
  pin = -1,
  local = -1,
  isThere = false,
  busy = MAIN,
  wakesNext = false,
  ...rest
}: Play): Scenario {
  let layout: World;
  const sizes = { ...SMALLEST, workers: wakesNext ? 3 : loops.includes(1) ? 2 : 1 };
  return {
    name: `loop: ${name}`,
    size: layOut(new Int32Array(0), sizes).size,
    hasTimeouts: true,
    sleepers: wakesNext ? [1] : [],
    threads: (words) => {
      layout = layOut(words, sizes);
      begin(layout);
      const spawner = (): boolean => {
        const { executor } = executorOf(layout, busy, flavor, program, []);
        const slot = prepare(executor, pin, wakesNext ? 0 : 1 << MAIN);
        if (wakesNext) {
          prepareToSleep(layout.table.parking, MAIN);
          push(layout.table.deques[busy]!, slot);
        } else if (busy < MAIN) schedule(executor.member, slot);
        else if (pin >= 0) deliver(layout.table, pin, slot);
        else inject(layout.table, slot);
        return true;
      };
      if (isThere) spawner();
      const sleeper = (): boolean => {
        sleep(layout.table.parking, MAIN, Infinity);
        loom.count(WOKEN);
        return true;
      };
      return [
        ...loops.map((me) => looping({ layout, me, flavor, program, hasLocal: me === local })),
        ...(isThere ? [] : [spawner]),
        ...(wakesNext ? [sleeper] : []),
      ];
    },
    atEnd: () => {
      const { table } = layout;
      const word = Atomics.load(table.words, indexOf(table, SLOT, WORD));
      if ((word & FREE) === 0) loom.fail("all sleep, and the task is not over");
      if (loom.count(POLLS + program.length, 0) !== 1) loom.fail("it was not run to its end");
      if (loops.includes(MAIN) && loom.count(HEARD, 0) !== 1) loom.fail("main has not heard of it");
      if (wakesNext && loom.count(WOKEN, 0) !== 1) loom.fail("the next one was not woken");
      for (const me of loops) if (loom.count(LOCALS + me, 0) > 0) loom.fail("a local task was left");
    },
    ...rest,
  };
}

export const scenarios: Scenario[] = [
  play({ name: "a task that waits", program: "w", loops: [0] }),
  play({ name: "the main thread is told of the end", program: "", loops: [0, MAIN], isThere: true }),
  play({ name: "a task that sleeps", program: "s", loops: [0] }),
  play({ name: "a pinned task", program: "y", pin: 0, loops: [0] }),
  play({ name: "what words cannot say waits on its thread", program: "u", loops: [0] }),
  play({ name: "a task of the thread alone, that a task wakes", program: "l", loops: [0], isThere: true }),
  play({
    name: "a task of the thread alone, that the host wakes",
    program: "",
    loops: [0],
    isThere: true,
    local: 0,
  }),
  play({ name: "what a busy one keeps, another one takes later", program: "", loops: [1], busy: 0 }),
  play({
    name: "what is stolen wakes the next",
    program: "",
    loops: [0],
    busy: 1,
    isThere: true,
    wakesNext: true,
  }),
  play({ name: "two workers", program: "w", loops: [0, 1], isThere: true, isBig: true }),
];
