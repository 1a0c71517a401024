/** A worker that dies at any step, with a task in whatever state: it is run to its end on, or told as lost, once. */
import { replaceWorker } from "../../../targets/node/threads/lock-free/parking.js";
import { FREE, generationOf } from "../../../targets/node/threads/lock-free/task-word.js";
import { DONE, LOST, howOf, unwatch } from "../../../targets/node/threads/tasks/ends.js";
import { deliver, inject, schedule, type Flavor } from "../../../targets/node/threads/tasks/queues.js";
import { recover } from "../../../targets/node/threads/tasks/recover.js";
import { WORD, indexOf } from "../../../targets/node/threads/tasks/table.js";
import { EMPTY, countOf, take } from "../../../targets/node/threads/lock-free/ring.js";
import type { Scenario } from "../explore.js";
import { states } from "./recover-states.js";
import {
  MAIL,
  MAIN,
  POLLS,
  SLOT,
  begin,
  cancellerOf,
  executorOf,
  hearsOfEnd,
  layOut,
  prepare,
  workerOf,
  type Program,
  type World,
} from "./task-world.js";

interface Play {
  readonly name: string;
  readonly program: Program;
  readonly flavor?: Flavor;
  /** The worker to which it is pinned. */
  readonly pin?: number;
  /** Whether the worker that dies spawns it, when it has nothing else to do; otherwise the main thread did. */
  readonly isSpawned?: boolean;
  /** Workers besides the one that may die. */
  readonly isAlone?: boolean;
  readonly cancels?: boolean;
  readonly isMortal?: boolean;
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
}

const size = layOut(new Int32Array(0)).size;

function play(options: Play): Scenario {
  const { name, program, flavor = "workStealing", pin = -1, isSpawned = false, isAlone = false } = options;
  const { cancels = false, isMortal = true, sees = [], isBig = false } = options;
  let layout: World;
  return {
    name: `recover: ${name}`,
    isBig,
    size,
    threads: (words) => {
      layout = layOut(words);
      const { table } = layout;
      begin(layout);
      const spawn = (me: number): void => {
        const { executor } = executorOf(layout, me, flavor, program, []);
        const slot = prepare(executor, pin);
        if (slot < 0) loom.fail("no slot is free");
        if (me !== MAIN) schedule(executor.member, slot);
        else if (pin >= 0) deliver(table, pin, slot);
        else inject(table, slot);
      };
      if (!isSpawned) spawn(MAIN);
      const works = [0, 1].map((me) => workerOf(layout, me, flavor, program));
      const first = (local: number[]): boolean => {
        if (isSpawned && local[0] === undefined) {
          spawn(0);
          local[0] = 1;
          return false;
        }
        return works[0]!(local);
      };
      const canceller = cancellerOf(layout, flavor, program);
      // The worker in the place of the dead begins when all is put right.
      const recovery = (local: number[]): boolean => {
        if (local[0] !== undefined) return works[0]!(local);
        recover(table, 0, isAlone ? 0 : 1);
        replaceWorker(table.parking, 0);
        local[0] = 1;
        return false;
      };
      const threads = [first, ...(isAlone ? [] : [works[1]!]), ...(cancels ? [canceller] : [])];
      return [...threads, ...(isMortal ? [recovery] : [])];
    },
    ...(isMortal ? { mortal: [0], recovery: 1 + (isAlone ? 0 : 1) + (cancels ? 1 : 0) } : {}),
    sleepers: [0, 1, 2, 3],
    atEnd: (died) => {
      expectEnd(layout, options, died);
    },
    sees,
  };
}

function expectEnd(layout: World, options: Play, died: number): void {
  const { program, isSpawned = false, cancels = false } = options;
  const { table } = layout;
  const word = Atomics.load(table.words, indexOf(table, SLOT, WORD));
  if ((word & FREE) === 0) loom.fail("all sleep, and the task is not over");
  if (!hearsOfEnd(layout)) {
    // It may have died before there was one.
    if (!isSpawned || died < 0) loom.fail("nobody hears of its end");
    return;
  }
  if (generationOf(word) !== 1) loom.fail("it is another task");
  const how = howOf(table, SLOT);
  if (how !== DONE && (how !== LOST || died < 0)) loom.fail(`it ended as ${how}`);
  loom.saw(how === DONE ? "done" : "lost");
  const isWhole = loom.count(POLLS + program.length, 0) === 1;
  if (how === DONE && !cancels && !isWhole) loom.fail("it was not run to its end");
  unwatch(table, SLOT, 0, MAIN);
  const listed = countOf(table.free.get(0)!);
  if (listed < 1 || (listed > 1 && died < 0)) loom.fail(`its slot is listed ${listed} times`);
}

/** Of the first number of a thread: it has cancelled; it is to. */
const BEFORE = -1;
const AFTERWARDS = -2;

interface Beside {
  readonly name: string;
  readonly program: Program;
  /** The worker on which it waits; it is ready, and queued, where that is not said. */
  readonly home?: number;
  /** Whether the other worker has an item of it in hand. */
  readonly hasItem?: boolean;
  /** Whether a thread cancels it meanwhile: besides, or before the other worker goes on, or when all is put right. */
  readonly cancels?: "besides" | "before" | "afterwards";
  readonly sees?: readonly string[];
  readonly isBig?: boolean;
  readonly isBounded?: boolean;
}

const OF_ALL = "globalQueue";

/** Worker 1, with what waits there, and the item in its hand. */
function workerBeside(layout: World, options: Beside, waiting: readonly number[], canceller: () => boolean) {
  const { program, home, hasItem = false, cancels } = options;
  const works = workerOf(layout, 1, OF_ALL, program);
  return (local: number[]): boolean => {
    if (cancels === "before" && local.length === 0) {
      local.push(BEFORE);
      return !canceller();
    }
    if (local[0] === BEFORE) local.length = 0;
    else if (local.length > 0) return works(local);
    if (home === 1) local.push(...waiting);
    const here = executorOf(layout, 1, OF_ALL, program, local);
    if (hasItem) here.executor.pollShared(SLOT);
    here.save();
    local[0] = MAIL;
    return false;
  };
}

/** The worker in the place of the dead goes on with what came into its inbox. */
function replace(layout: World, program: Program): void {
  const { executor } = executorOf(layout, 0, OF_ALL, program, []);
  const inbox = layout.table.inboxes[0]!;
  for (let slot = take(inbox); slot !== EMPTY; slot = take(inbox)) executor.look(slot);
  for (let slot = executor.takePinned(); slot >= 0; slot = executor.takePinned()) executor.pollShared(slot);
}

function expectEndBeside(layout: World, { home = -1, program, hasItem, cancels }: Beside): void {
  const { table } = layout;
  // Who had an item too many may have it while the others look, and gives it to the dead, where it was at home.
  if (hasItem === true && cancels !== undefined) replace(layout, program);
  const word = Atomics.load(table.words, indexOf(table, SLOT, WORD));
  if ((word & FREE) === 0) loom.fail("all sleep, and the task is not over");
  if (!hearsOfEnd(layout)) loom.fail("nobody hears of its end");
  const how = howOf(table, SLOT);
  loom.saw(how === DONE ? "done" : "lost");
  if (how === LOST && (home !== 0 || program !== "u")) loom.fail("it is lost");
  if (how === DONE && home === 0 && program === "u") loom.fail("it is done");
  unwatch(table, SLOT, 0, MAIN);
  if (countOf(table.free.get(0)!) !== 1) loom.fail("its slot is not listed once");
}

/** Worker 0 is dead, and what it left is put right while worker 1 goes on. */
function beside(options: Beside): Scenario {
  const { name, program, home = -1, cancels, sees = [], isBig = false, isBounded = false } = options;
  const flavor = OF_ALL;
  let layout: World;
  return {
    name: `recover: ${name}`,
    isBig,
    isBounded,
    size,
    threads: (words) => {
      layout = layOut(words);
      const { table } = layout;
      begin(layout);
      const { executor } = executorOf(layout, MAIN, flavor, program, []);
      prepare(executor);
      const waiting: number[] = [];
      if (home >= 0) {
        const there = executorOf(layout, home, flavor, program, waiting);
        there.executor.pollShared(SLOT);
        there.save();
      } else inject(table, SLOT);
      const canceller = cancellerOf(layout, flavor, program);
      const worker = workerBeside(layout, options, waiting, canceller);
      const main = (local: number[]): boolean => {
        if (local.length > 0) return canceller();
        recover(table, 0, 1);
        return local.push(AFTERWARDS) > 0 && cancels !== "afterwards";
      };
      return [worker, main, ...(cancels === "besides" ? [canceller] : [])];
    },
    sleepers: [0],
    atEnd: () => {
      expectEndBeside(layout, options);
    },
    sees,
  };
}

export const scenarios: Scenario[] = [
  beside({ name: "what is queued, beside a worker", program: "", sees: ["done"] }),
  beside({ name: "what waits there, beside a worker", program: "w", home: 0, sees: ["done"] }),
  beside({ name: "what waits elsewhere, beside that", program: "w", home: 1, isBig: true, sees: ["done"] }),
  beside({
    name: "what waits there, beside an item too many",
    program: "w",
    home: 0,
    hasItem: true,
    sees: ["done"],
  }),
  beside({
    name: "what waits there, beside a cancel",
    program: "w",
    home: 0,
    cancels: "besides",
    isBig: true,
    isBounded: true,
    sees: ["done"],
  }),
  beside({
    name: "what waits there, and is cancelled before",
    program: "w",
    home: 0,
    cancels: "before",
    isBig: true,
    sees: ["done"],
  }),
  beside({
    name: "what waits there, and is cancelled afterwards",
    program: "w",
    home: 0,
    cancels: "afterwards",
    sees: ["done"],
  }),
  beside({
    name: "what waits there untold, beside a cancel",
    program: "u",
    home: 0,
    cancels: "besides",
    sees: ["lost"],
  }),
  beside({
    name: "what is cancelled there, beside an item too many",
    program: "w",
    home: 0,
    hasItem: true,
    cancels: "besides",
    isBig: true,
    isBounded: true,
    sees: ["done"],
  }),
  beside({
    name: "what was cancelled there, beside an item too many",
    program: "w",
    home: 0,
    hasItem: true,
    cancels: "before",
    isBig: true,
    sees: ["done"],
  }),
  beside({
    name: "what is cancelled afterwards, beside an item too many",
    program: "w",
    home: 0,
    hasItem: true,
    cancels: "afterwards",
    sees: ["done"],
  }),
  states(0),
  states(1),
  play({ name: "one worker", program: "w", isAlone: true, sees: ["done", "lost"] }),
  play({
    name: "one worker, and words do not say for what it waits",
    program: "u",
    isAlone: true,
    sees: ["done", "lost"],
  }),
  play({ name: "a task that yields", program: "y", isAlone: true, sees: ["done", "lost"] }),
  play({ name: "a spawner", program: "y", isAlone: true, isSpawned: true, sees: ["done", "lost"] }),
  play({ name: "a pinned task", program: "w", isAlone: true, pin: 0, sees: ["done", "lost"] }),
  play({
    name: "nobody dies, two workers",
    program: "w",
    isMortal: false,
    flavor: "globalQueue",
    sees: ["done", "sleeps"],
    isBig: true,
  }),
  play({
    name: "a canceller, and nobody dies",
    program: "w",
    isAlone: true,
    isMortal: false,
    cancels: true,
    sees: ["done"],
  }),
];
