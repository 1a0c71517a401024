/**
 * The memory of shared tasks, besides their frames (core/shared/memory.ts): what the threads that run them share.
 *
 *   header     MAGIC, threads, slots, and the moment from which all clocks count, a double
 *   parking    the word that each thread sleeps on (lock-free/parking.ts)
 *   injector   tasks that are ready, and belong to no thread           a ring
 *   urgent     for each level of priority but the lowest: such a ring, and one for each thread                (queues.ts)
 *   threads    deque and LIFO slot of each, and two rings: its inbox, of tasks that it must look at, and `ends`, of tasks
 *              that are over and that it wants to know about
 *   kinds      free slots of each kind                                 a ring
 *   looks      whether each thread is to look at what its tasks wait for           (look.ts)
 *   slots      WORD (lock-free/task-word.ts) and what else belongs to a task
 *   shared     primitives that modules declare, one after the other              (sync/shared.ts, lock-free/...)
 *
 * Who may touch what of a slot, besides its WORD:
 *
 *   HOME       its runner     the thread that has what the task waits for, plus one; 0 when nothing holds it anywhere;
 *                             by Atomics, since others look at it
 *   TOLD       its runner     whether words say what it waits for at home
 *   PIN        its spawner    the worker that alone may run it, plus one; 0 when all may
 *   WATCHERS   all, by Atomics: threads that want to know of the end, a bit each; ENDED, once it is over
 *   READY_AT   who makes it ready, where that is measured: microseconds
 *   HOW, TAG, RESULT   its runner, before the task is FREE: how it ended, and with what
 */
import { kinds } from "../../../../core/kinds.js";
import { dequeAt, dequeWords, type Deque } from "../lock-free/deque.js";
import { LIFO_WORDS, clearLifo, lifoAt, type LifoSlot } from "../lock-free/lifo-slot.js";
import { parkingAt, parkingWords, type Parking } from "../lock-free/parking.js";
import { ITEM_LIMIT, add, ringAt, ringWords, type Ring } from "../lock-free/ring.js";
import { CLAIMED, FREE, generationOf } from "../lock-free/task-word.js";
import { hostMilliseconds } from "../clock.js";
import { COUNT_WORDS, traceWords } from "./counts.js";
import { declared } from "./declared.js";
import { levelsOfSlots } from "./levels.js";

export const WORD = 0;
export const HOME = 1;
export const WATCHERS = 2;
export const HOW = 3;
export const TAG = 4;
export const TOLD = 5;
/** A double. */
export const RESULT = 6;
export const PIN = 8;
export const READY_AT = 9;
const SLOT_WORDS = 10;

/** In WATCHERS. The other bits are threads. */
export const ENDED = 1 << 31;
export const MOST_WORKERS = 30;

/** Items of a deque. */
const DEQUE = 256;
const LINE = 16;
const MAGIC = 0x746d7368;
/** The word of the header with the number of primitives: a worker may declare more, or not all yet. */
const SHARED = 2;

/** Slots of shared kinds, by the number that all threads give them. */
interface Pool {
  readonly first: number;
  readonly slots: number;
}

/** Ready tasks of a level: those that any thread may take, and each thread's own. */
export interface Urgent {
  readonly common: Ring;
  readonly own: readonly Ring[];
}

export interface TaskTable {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  /** Workers, which run tasks; and with the main thread, which may wait for them: the last one. */
  readonly workers: number;
  readonly threads: number;
  readonly slots: number;
  readonly parking: Parking;
  readonly injector: Ring;
  /** By level, without the lowest. */
  readonly urgent: readonly Urgent[];
  /** Levels of priority, and that of each slot. */
  readonly levels: number;
  readonly levelOf: Uint8Array;
  readonly deques: readonly Deque[];
  readonly lifos: readonly LifoSlot[];
  readonly inboxes: readonly Ring[];
  readonly ends: readonly Ring[];
  /** By the first slot of a kind. */
  readonly free: ReadonlyMap<number, Ring>;
  readonly firstSlot: number;
  /** Words that tell threads to look. */
  readonly looks: readonly number[];
  /** Primitives that modules declared, and where they begin, as far as was asked: {@link sharedAt}. */
  readonly shared: number;
  readonly places: number[];
  /** Counts and traces of each thread, for people (counts.ts, observer.ts). */
  readonly counts: readonly number[];
  readonly traces: readonly number[];
}

/** Word `word` of the task in `slot`. */
export function indexOf(table: TaskTable, slot: number, word: number): number {
  return table.firstSlot + slot * SLOT_WORDS + word;
}

/** The thread that alone can run the task at `at`: its home, or the worker to which it is pinned; -1 when any can. */
export function placeOf({ words }: TaskTable, at: number): number {
  return (Atomics.load(words, at + HOME) || words[at + PIN]!) - 1;
}

/** Milliseconds since the executor's clocks began, in the time of `process.hrtime`. */
export function startOf({ doubles }: TaskTable): number {
  return doubles[2]!;
}

/**
 * The table for `workers` workers, the main thread, and the kinds declared so far, that keeps `trace` turns of each worker; `buffer` is that of another thread, which runs the
 * same code.
 */
export function makeTable(workers: number, trace: number, buffer?: SharedArrayBuffer): TaskTable {
  const pools = kinds
    .filter((kind) => kind.words_ > 0)
    .map((kind) => ({ first: kind.firstSlot_, slots: kind.pool }));
  const slots = kinds.reduce((sum, kind) => sum + kind.pool, 0);
  const table = layOut(workers, slots, pools, trace, buffer);
  const { words, doubles } = table;
  if (buffer !== undefined) return table;
  words[0] = MAGIC;
  words[1] = workers;
  words[SHARED] = table.shared;
  doubles[2] = hostMilliseconds();
  for (const lifo of table.lifos) clearLifo(lifo);
  for (let slot = 0; slot < slots; slot++) {
    words[indexOf(table, slot, WORD)] = FREE;
    words[indexOf(table, slot, WATCHERS)] = ENDED;
  }
  declared.forEach((each, number) => {
    each.fill_(table, sharedAt(table, number));
  });
  for (const { first, slots: count } of pools) {
    for (let i = 0; i < count; i++) add(table.free.get(first)!, i);
  }
  return table;
}

function toLines(words: number): number {
  return Math.ceil(words / LINE) * LINE;
}

/** The first word of primitive `number`. */
export function sharedAt({ places, threads }: TaskTable, number: number): number {
  while (places.length <= number) {
    const last = places.length - 1;
    places.push(places[last]! + toLines(declared[last]!.size_(threads)));
  }
  return places[number]!;
}

/** The slot of the task `id`. */
export function slotOf(id: number): number {
  return id & 0xffff;
}

/** Whether it has not ended. */
export function isAlive(table: TaskTable, id: number): boolean {
  const word = Atomics.load(table.words, indexOf(table, slotOf(id), WORD));
  return generationOf(word) === id >> 16 && (word & (FREE | CLAIMED)) === 0;
}

/** Whether `slots` shared tasks can be told apart in queues. */
export function fits(slots: number): boolean {
  return slots < ITEM_LIMIT;
}

function layOut(
  workers: number,
  slots: number,
  pools: readonly Pool[],
  trace: number,
  given?: SharedArrayBuffer,
): TaskTable {
  // Twice: a recovery may put an item in a queue that is in one already.
  const room = powerOf(2 * slots);
  const threads = workers + 1;
  let next = LINE;
  const place = (words: number): number => {
    const at = next;
    next += toLines(words);
    return at;
  };
  const each = (words: number): number[] => Array.from({ length: threads }, () => place(words));
  const parking = place(parkingWords(threads));
  const injector = place(ringWords(room));
  const { levels, levelOf } = levelsOfSlots();
  const urgent = Array.from({ length: levels - 1 }, () => ({
    common: place(ringWords(room)),
    own: each(ringWords(room)),
  }));
  const deques = each(dequeWords(DEQUE));
  const lifos = each(LIFO_WORDS);
  const inboxes = each(ringWords(room));
  const ends = each(ringWords(room));
  const free = pools.map(({ first, slots: count }) => ({ first, room: powerOf(2 * count), at: 0 }));
  for (const ring of free) ring.at = place(ringWords(ring.room));
  const counts = each(COUNT_WORDS);
  const traces = each(traceWords(trace));
  const looks = each(1);
  const firstSlot = place(SLOT_WORDS * slots);
  const shared = given === undefined ? declared.length : new Int32Array(given)[SHARED]!;
  // Those of a worker may not be declared yet, and its memory is there.
  const places = [next];
  if (given === undefined) for (const each of declared) place(each.size_(threads));
  const buffer = given ?? new SharedArrayBuffer(4 * next);
  const words = new Int32Array(buffer);
  return {
    ...{ buffer, words, doubles: new Float64Array(buffer), workers, threads, slots, firstSlot },
    ...{ counts, traces, looks, shared, places, levels, levelOf },
    parking: parkingAt(words, parking, workers),
    injector: ringAt(words, injector, room),
    urgent: urgent.map(({ common, own }) => ({
      common: ringAt(words, common, room),
      own: own.map((at) => ringAt(words, at, room)),
    })),
    deques: deques.map((at) => dequeAt(words, at, DEQUE)),
    lifos: lifos.map((at) => lifoAt(words, at)),
    inboxes: inboxes.map((at) => ringAt(words, at, room)),
    ends: ends.map((at) => ringAt(words, at, room)),
    free: new Map(free.map(({ first, room: cells, at }) => [first, ringAt(words, at, cells)])),
  };
}

function powerOf(least: number): number {
  return 1 << (32 - Math.clz32(Math.max(least, 2) - 1));
}
