/**
 * Where ready tasks wait, by flavour, and where a worker looks for the next one.
 *
 *                    a task is woken here      it yields, or LIFO is full     its queue is full     outside, dead threads
 *   workStealing     LIFO slot of the worker   deque of the worker            injector              injector
 *   globalQueue      injector                  injector                       -                     injector
 *   threadPerCore    deque of the worker       deque of the worker            inbox of the worker   inboxes in turn
 *   currentThread    as threadPerCore, on the main thread
 *
 *   A task of a kind with a priority is urgent: it waits in the common ring of its level, or in that of its worker where tasks
 *   stay with one. Pinned tasks wait with their worker (shared-executor.ts).
 *
 *   next    urgent ones, by level -> every 61st time the injector first -> LIFO slot, three times in a row at most -> deque -> injector
 *   search  half of another's deque -> injector; and of one who has been in a poll for long, the LIFO slot
 */
import { NONE, LOST, lengthOf, pop, push, steal, takeHalf, taken } from "../lock-free/deque.js";
import { isLifoEmpty, putLifo, takeLifo } from "../lock-free/lifo-slot.js";
import { isWorking, wakeWorker, workIsThere } from "../lock-free/parking.js";
import { EMPTY, add, countOf, isEmpty, take, type Ring } from "../lock-free/ring.js";
import { INJECTED, OVERFLOWS, STEALS, STOLEN, count } from "./counts.js";
import { takeByLevel } from "./levels.js";
import { mustLook } from "./look.js";
import type { TaskTable } from "./table.js";

export const FLAVORS = ["workStealing", "globalQueue", "threadPerCore", "currentThread"] as const;
/** How ready tasks come to threads; docs/threads.md says which one when. */
export type Flavor = (typeof FLAVORS)[number];

/** Prime, so that it falls in step with no pattern of the program's. */
const INJECTOR_EVERY = 61;
const LIFO_IN_A_ROW = 3;

/** A thread among the queues. Its numbers are its own. */
export interface Member {
  readonly table: TaskTable;
  readonly me: number;
  readonly flavor: Flavor;
  tick: number;
  lifoUses: number;
  /** Where the next search begins. */
  random: number;
  /** Turns that others had before each level. */
  readonly passed: Int32Array;
}

export function makeMember(table: TaskTable, me: number, flavor: Flavor): Member {
  const passed = new Int32Array(table.levels);
  return { table, me, flavor, tick: 0, lifoUses: 0, random: me + 1, passed };
}

/** A task of this thread was woken, or spawned by what runs here: it runs next, as a rule. */
export function schedule(member: Member, item: number): void {
  const { table, me, flavor } = member;
  if (flavor !== "workStealing" || table.levelOf[item]! > 0) {
    enqueue(member, item);
    return;
  }
  const displaced = putLifo(table.lifos[me]!, item);
  if (displaced !== NONE) enqueue(member, displaced);
}

/** A task of this thread goes on when others had their turn. */
export function enqueue(member: Member, item: number): void {
  const { table, me, flavor } = member;
  const level = table.levelOf[item]!;
  if (flavor === "globalQueue" || (flavor === "workStealing" && level > 0)) {
    inject(table, item);
    return;
  }
  if (level > 0) add(table.urgent[level - 1]!.own[me]!, item);
  else if (!push(table.deques[me]!, item)) spill(member, item);
  if (flavor === "workStealing") workIsThere(table.parking);
}

/** The deque is full: its older half goes where others find it. */
function spill({ table, me, flavor }: Member, item: number): void {
  count(table, me, OVERFLOWS);
  const deque = table.deques[me]!;
  const ring = flavor === "workStealing" ? table.injector : table.inboxes[me]!;
  const first = takeHalf(deque);
  for (let i = 0; first !== NONE && i <= deque.mask >> 1; i++) add(ring, taken(deque, first, i));
  push(deque, item);
}

/** Where tasks of the level of `item` wait that belong to no thread. */
export function commonOf({ levelOf, injector, urgent }: TaskTable, item: number): Ring {
  const level = levelOf[item]!;
  return level === 0 ? injector : urgent[level - 1]!.common;
}

/** A task that belongs to no thread is ready. */
export function inject(table: TaskTable, item: number): void {
  add(commonOf(table, item), item);
  workIsThere(table.parking);
}

/** Thread `who` must look at a task: it has what that waits for, or it alone may run it. */
export function deliver(table: TaskTable, who: number, item: number): void {
  add(table.inboxes[who]!, item);
  wakeWorker(table.parking, who);
}

/** The next task, of those that are at hand; or {@link NONE}. */
export function next(member: Member): number {
  return member.table.levels === 1 ? nextOfLowest(member) : takeByLevel(member, member.passed, nextOf);
}

function nextOf(member: Member, level: number): number {
  if (level === 0) return nextOfLowest(member);
  const { common, own } = member.table.urgent[level - 1]!;
  const item = take(own[member.me]!);
  return item !== EMPTY ? item : fromCommon(member, common);
}

/** The next one of a queue of all, or {@link NONE}. */
function fromCommon({ table, me }: Member, ring: Ring): number {
  const item = take(ring);
  if (item !== EMPTY) count(table, me, INJECTED);
  return item;
}

function nextOfLowest(member: Member): number {
  const { table, me } = member;
  if (++member.tick % INJECTOR_EVERY === 0) {
    const item = fromCommon(member, table.injector);
    if (item !== NONE) return item;
  }
  if (member.lifoUses < LIFO_IN_A_ROW) {
    const item = takeLifo(table.lifos[me]!);
    if (item !== NONE) {
      member.lifoUses++;
      return item;
    }
  }
  member.lifoUses = 0;
  const item = pop(table.deques[me]!);
  if (item !== NONE) return item;
  const last = takeLifo(table.lifos[me]!);
  return last !== NONE ? last : fromInjector(member);
}

/** One to run, and as many into the deque as make a fair share. */
function fromInjector(member: Member): number {
  const { table, me, flavor } = member;
  const { injector, deques, workers } = table;
  const item = fromCommon(member, injector);
  if (item === NONE || flavor !== "workStealing") return item;
  const deque = deques[me]!;
  for (let i = Math.min(countOf(injector) / workers, (deque.mask + 1) >> 1); i > 1; i--) {
    const more = take(injector);
    if (more === EMPTY) break;
    count(table, me, INJECTED);
    push(deque, more);
  }
  return item;
}

/** A task of another thread, or {@link NONE}. `isUrgent` takes LIFO slots, too. */
export function search(member: Member, isUrgent: boolean): number {
  const { table, me, flavor } = member;
  if (flavor !== "workStealing") return NONE;
  const { deques, lifos, workers, injector } = table;
  member.random = (Math.imul(member.random, 1103515245) + 12345) & 0x7fffffff;
  const start = (member.random >> 8) % workers;
  for (let round = 0; round < 2; round++) {
    let isLost = false;
    for (let i = 0; i < workers; i++) {
      const who = (start + i) % workers;
      if (who === me) continue;
      const item = steal(deques[who]!, deques[me]!);
      if (item >= 0) return stole(member, item);
      if (item === LOST) isLost = true;
      if (!isUrgent) continue;
      const last = takeLifo(lifos[who]!);
      if (last !== NONE) return stole(member, last);
    }
    if (!isLost) break;
  }
  return fromCommon(member, injector);
}

/** `item` and what is in its queue now, which was empty, were another's. */
function stole({ table, me }: Member, item: number): number {
  count(table, me, STEALS);
  count(table, me, STOLEN, 1 + lengthOf(table.deques[me]!));
  return item;
}

/** Whether there is something for this thread: the look that comes after it has said that it will sleep. */
export function hasWork({ table, me, flavor }: Member): boolean {
  if (mustLook(table, me)) return true;
  const { inboxes, ends, injector, urgent, deques, lifos, workers } = table;
  if (!isEmpty(inboxes[me]!) || !isEmpty(ends[me]!)) return true;
  // The main thread only waits.
  if (me >= workers) return false;
  if (!isEmpty(injector)) return true;
  for (const { common, own } of urgent) if (!isEmpty(common) || !isEmpty(own[me]!)) return true;
  if (!isLifoEmpty(lifos[me]!) || lengthOf(deques[me]!) > 0) return true;
  if (flavor !== "workStealing") return false;
  for (let who = 0; who < workers; who++) if (lengthOf(deques[who]!) > 0) return true;
  return false;
}

/** Whether another worker is in the middle of something. */
export function workersAreBusy({ table, me }: Member): boolean {
  for (let who = 0; who < table.workers; who++) if (who !== me && isWorking(table.parking, who)) return true;
  return false;
}
