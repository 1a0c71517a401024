/** Threads with executors as they ship, over a table for one task: what scenarios of whole tasks are made of. */
import type { Executor, Platform } from "../../../core/index.js";
import { kinds, type TaskKind } from "../../../core/kinds.js";
import { DONE, IDLE, PENDING, keep } from "../../../core/op.js";
import { OVER, SUSPENDED, YIELDED } from "../../../core/answers.js";
import { leave, makeStrand, startTimer, stopTimer, type Strand } from "../../../core/scheduler.js";
import { leaves } from "../../../core/shared/leaves.js";
import { STRAND_WORDS, regionAt, type Region } from "../../../core/shared/region.js";
import { clearLifo, lifoAt } from "../../../targets/node/threads/lock-free/lifo-slot.js";
import { dequeAt, dequeWords } from "../../../targets/node/threads/lock-free/deque.js";
import {
  parkingAt,
  parkingWords,
  prepareToSleep,
  searchEnds,
  sleep,
  stayAwake,
  tryToSearch,
} from "../../../targets/node/threads/lock-free/parking.js";
import { EMPTY, add, ringAt, ringWords, take } from "../../../targets/node/threads/lock-free/ring.js";
import { FREE } from "../../../targets/node/threads/lock-free/task-word.js";
import { isTold } from "../../../targets/node/threads/tasks/ends.js";
import { LocalQueues } from "../../../targets/node/threads/tasks/levels.js";
import { lookIfTold } from "../../../targets/node/threads/tasks/look.js";
import {
  hasWork,
  next,
  search,
  type Flavor,
  type Member,
} from "../../../targets/node/threads/tasks/queues.js";
import { Outcomes } from "../../../targets/node/threads/tasks/outcomes.js";
import { SharedExecutor } from "../../../targets/node/threads/tasks/shared-executor.js";
import { ENDED, WATCHERS, WORD, type TaskTable } from "../../../targets/node/threads/tasks/table.js";

/**
 * What a task does, one letter a poll: waits where words can say for what, waits untold, sleeps, yields, wakes a task of its
 * thread alone, and in the end is over.
 */
export type Program = string;

/** Ghost words: who polls it, by thread; how often each poll of it was begun. */
export const POLLING = 0;
export const POLLS = 4;
/** Local tasks that are ready, by thread. */
export const LOCALS = 16;

const WORKERS = 2;
/** The number of the main thread, behind the workers. */
export const MAIN = 2;
const THREADS = WORKERS + 1;
export const SLOT = 0;

export const SLOT_WORDS = 10;
const FRAME = STRAND_WORDS;

export interface World {
  readonly size: number;
  readonly table: TaskTable;
  readonly frame: number;
}

interface Sizes {
  /** Items of rings, and of deques. */
  readonly ring: number;
  readonly deque: number;
  /** The level of each slot. */
  readonly levelOf: readonly number[];
  readonly workers?: number;
}

export const SMALLEST: Sizes = { ring: 2, deque: 2, levelOf: [0] };

/** A table, and room for the frame of one task. */
export function layOut(
  words: Int32Array,
  { ring: room, deque, levelOf, workers = WORKERS }: Sizes = SMALLEST,
): World {
  let end = 0;
  const place = (size: number): number => (end += size) - size;
  const each = <T>(make: () => T): T[] => Array.from({ length: THREADS }, make);
  const ring = () => ringAt(words, place(ringWords(room)), room);
  const levels = Math.max(...levelOf) + 1;
  const parking = parkingAt(words, place(parkingWords(THREADS)), workers);
  const table = {
    parking,
    injector: ring(),
    urgent: Array.from({ length: levels - 1 }, () => ({ common: ring(), own: each(ring) })),
    levels,
    levelOf: new Uint8Array(levelOf),
    deques: each(() => dequeAt(words, place(dequeWords(deque)), deque)),
    lifos: each(() => lifoAt(words, place(1))),
    inboxes: each(ring),
    ends: each(ring),
    free: new Map([[0, ring()]]),
    looks: each(() => place(1)),
    firstSlot: place(SLOT_WORDS * levelOf.length),
    ...{ workers, threads: THREADS, slots: levelOf.length, shared: 0, places: [], traces: [] },
    doubles: new Float64Array(999),
  };
  const frame = place(STRAND_WORDS + 1);
  // What is counted for people is nothing that threads go by.
  const counts = each(() => end).map((at, who) => at + 16 * who);
  const counted: number[] = [];
  const told = new Proxy(words, {
    get: (_, key) => (Number(key) < end ? words[Number(key)] : (counted[Number(key)] ?? 0)),
    set: (_, key, value: number) => {
      if (Number(key) < end) words[Number(key)] = value;
      else counted[Number(key)] = value;
      return true;
    },
  });
  return { size: end, table: { ...table, counts, words: told } as unknown as TaskTable, frame };
}

/** Makes the slot free, as a table is at first. */
export function begin({ table }: World): void {
  for (const lifo of table.lifos) clearLifo(lifo);
  Atomics.store(table.words, table.firstSlot + WORD, FREE);
  Atomics.store(table.words, table.firstSlot + WATCHERS, ENDED);
  add(table.free.get(0)!, SLOT);
}

/** Something that happens on the thread where a task waits for it, of which words can say that, or not. */
const waitsTold = (): void => undefined;
const waitsUntold = (): void => undefined;

const WAITS = [keep, waitsTold, waitsUntold, stopTimer];

/** Whether a task waits for something to happen on its thread, which is no timer. */
export function awaitsHappening({ frame_: frame, state_: state, drop_: drop }: Strand): boolean {
  return frame !== null && state === PENDING && drop !== stopTimer;
}

/** Tells core of them, and of the kind of the task. */
function declare(): TaskKind<[], unknown> {
  const leaf = (drop: () => void, own: number) => ({
    drop_: drop,
    leave_: () => own,
    left_: keep,
    arrive_: keep,
  });
  if (leaves.length < 3) leaves.push(leaf(waitsTold, 0), leaf(waitsUntold, -1));
  const kind = { name: "task", words_: 1, firstSlot_: 0, pool: 1, enter_: enter };
  kinds.length = 0;
  kinds.push(kind as never);
  return kind as unknown as TaskKind<[], unknown>;
}

/** A thread between two of its steps: numbers, in this order. */
const [FRAMED, STATE, WAITS_FOR, CANCELLED, PINNED, GENERATION] = [1, 2, 3, 4, 5, 6] as const;

/** The executor of a thread, made once: what it is between two steps is written down, and read again. */
export interface Thread {
  readonly executor: SharedExecutor;
  readonly strand: Strand;
  /** Makes it what it was when `local` was written. */
  readonly restore: (local: readonly number[]) => void;
  readonly save: (local: number[]) => void;
}

export function makeThread({ table, frame }: World, me: number, flavor: Flavor, program: Program): Thread {
  const kind = declare();
  const executor = Object.create(SharedExecutor.prototype) as SharedExecutor;
  const strand = makeStrand(executor, SLOT, null);
  strand.pool_ = { kind_: kind } as never;
  const region: Region = {
    ...regionAt(strand, table.words, table.doubles, frame),
    poll_: () => {
      try {
        return pollOf(table, frame, me, program, strand);
      } catch {
        // The thread stops here, and not in a handler of the task: its next access throws again.
        strand.frame_ = null;
        return OVER;
      }
    },
  };
  const pinned = new LocalQueues(1, 1);
  const arena = {
    used: 1,
    strandOf: () => strand,
    frameOf: () => region,
    kindOf: () => kind,
    placeOf: (id: number) => id & 0xffff,
    rename: (id: number) => (strand.id_ = id as never),
  };
  const passed = new Int32Array(1);
  Object.assign(executor, {
    ...{ arena, table, pinned_: pinned, outcomes_: new Outcomes(null), observer: null },
    events_: { ended: () => undefined },
    thread_: { stir: () => undefined },
  });
  const fresh = { ...strand };
  return {
    executor,
    strand,
    restore: (local) => {
      leave(null);
      declare();
      Object.assign(strand, fresh);
      while (executor.takePinned() >= 0);
      for (let i = local[PINNED] ?? 0; i > 0; i--) pinned.add(0, SLOT);
      const member: Member = { table, me, flavor, tick: 0, lifoUses: 0, random: me + 1, passed };
      Object.assign(executor, { member });
      restoreStrand(strand, region, local);
    },
    save: (local) => {
      local[FRAMED] = strand.frame_ === null ? 0 : 1;
      local[STATE] = strand.state_;
      local[WAITS_FOR] = WAITS.indexOf(strand.drop_);
      local[CANCELLED] = strand.cancel_;
      local[GENERATION] = strand.id_;
      let left = 0;
      while (executor.takePinned() >= 0) left++;
      local[PINNED] = left;
    },
  };
}

/** A thread that is used at once, or seldom. */
export function executorOf(
  world: World,
  me: number,
  flavor: Flavor,
  program: Program,
  local: number[],
): { readonly executor: SharedExecutor; readonly strand: Strand; readonly save: () => void } {
  const { executor, strand, restore: read, save: write } = makeThread(world, me, flavor, program);
  read(local);
  return {
    executor,
    strand,
    save: () => {
      write(local);
    },
  };
}

function restoreStrand(strand: Strand, region: Region, local: readonly number[]): void {
  strand.frame_ = (local[FRAMED] ?? 0) === 1 ? region : null;
  strand.state_ = local[STATE] ?? IDLE;
  strand.drop_ = WAITS[local[WAITS_FOR] ?? 0]!;
  strand.cancel_ = local[CANCELLED] ?? 0;
  strand.id_ = (local[GENERATION] ?? 0) as never;
}

/** Makes the task, of whose end the main thread wants to know; its slot. */
export function prepare(executor: SharedExecutor, pin = -1, watchers = 1 << MAIN): number {
  const kind = executor.arena.kindOf(SLOT) as unknown as TaskKind<[], unknown>;
  return executor.prepare(kind, [], watchers, pin);
}

/** A thread that cancels the task. */
export function cancellerOf(layout: World, flavor: Flavor, program: Program) {
  return (): boolean => {
    executorOf(layout, MAIN, flavor, program, []).executor.cancel((1 << 16) as never);
    return true;
  };
}

/** For how long a task sleeps, in ms. */
export const SLEEP_MS = 50;

/** A task that is its thread's alone is ready, of which the platform is told. */
export function pendLocal(executor: Executor): void {
  const { member, platform_: platform } = executor as unknown as { member: Member; platform_: Platform };
  loom.count(LOCALS + member.me);
  platform.pend();
}

function enter(region: unknown): void {
  const { words_: words, base_: base } = region as Region;
  words[base + FRAME] = 0;
}

/** One poll: its letter of the program says what it does. */
function pollOf(table: TaskTable, frame: number, me: number, program: Program, strand: Strand): number {
  const { words } = table;
  const at = words[frame + FRAME]!;
  if (loom.count(POLLING + me) !== 1) loom.fail("a thread polls it twice");
  for (let who = 0; who < THREADS; who++) {
    if (who !== me && loom.count(POLLING + who, 0) > 0) loom.fail("two threads poll it");
  }
  if (loom.count(POLLS + at) > 1) loom.fail(`part ${at} of the task was run twice`);
  words[frame + FRAME] = at + 1;
  loom.count(POLLING + me, -1);
  const what = strand.cancel_ > 0 ? undefined : program[at];
  if (what === "y") return YIELDED;
  if (what === "w" || what === "u" || what === "s") {
    strand.state_ = PENDING;
    strand.drop_ = what === "w" ? waitsTold : what === "u" ? waitsUntold : stopTimer;
    if (what === "s") startTimer(strand, SLEEP_MS);
    return SUSPENDED;
  }
  if (what === "l") {
    pendLocal(strand.executor_);
    return YIELDED;
  }
  strand.frame_ = null;
  strand.how_ = 0;
  strand.value_ = true;
  return OVER;
}

/** What a worker does next: each a call of its own, so that what it saw before is forgotten. */
export const MAIL = 1;
const PIN = 2;
const NEXT = 3;
const SEARCH = 4;
const HAPPENS = 5;
const PREPARE = 6;
const RECHECK = 7;
const SLEEP = 8;

/** A worker, for ever; as loop.ts does it. `local[0]` is what is next. */
export function workerOf(layout: World, me: number, flavor: Flavor, program: Program) {
  const { table } = layout;
  const { executor, strand, restore: read, save } = makeThread(layout, me, flavor, program);
  return (local: number[]): boolean => {
    read(local);
    const poll = (slot: number, isFound: boolean, otherwise: number): number => {
      if (!isFound) return otherwise;
      searchEnds(table.parking, me);
      executor.pollShared(slot);
      return MAIL;
    };
    const step = (): number => {
      switch (local[0] ?? MAIL) {
        case MAIL: {
          lookIfTold(table, me);
          const told = take(table.inboxes[me]!);
          if (told !== EMPTY) executor.look(told);
          return told !== EMPTY ? MAIL : PIN;
        }
        case PIN: {
          const slot = executor.takePinned();
          return poll(slot, slot >= 0, NEXT);
        }
        case NEXT: {
          const slot = next(executor.member);
          return poll(slot, slot >= 0, flavor === "workStealing" ? SEARCH : HAPPENS);
        }
        case SEARCH: {
          if (!tryToSearch(table.parking, me)) return HAPPENS;
          const slot = search(executor.member, false);
          return poll(slot, slot >= 0, HAPPENS);
        }
        case HAPPENS:
          if (strand.frame_ === null || strand.state_ !== PENDING) return PREPARE;
          strand.state_ = DONE;
          executor.wake_(strand);
          return MAIL;
        case PREPARE:
          prepareToSleep(table.parking, me);
          return RECHECK;
        case RECHECK:
          if (!hasWork(executor.member) && !executor.hasPinned) return SLEEP;
          stayAwake(table.parking, me);
          return MAIL;
        default:
          loom.saw("sleeps");
          sleep(table.parking, me, 100);
          return MAIL;
      }
    };
    const then = step();
    save(local);
    local[0] = then;
    return false;
  };
}

/** Whether the main thread was told of the end, as it asked to be; how often, if it reads each time. */
export function hearsOfEnd({ table }: World): boolean {
  const { ends } = table;
  for (let slot = take(ends[MAIN]!); slot !== EMPTY; slot = take(ends[MAIN]!)) {
    if (isTold(table, slot, MAIN)) return true;
  }
  return false;
}
