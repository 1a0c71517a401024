/**
 * The executor of a thread among others: core's, whose shared tasks lie in memory that all see (table.ts). Tasks that are
 * not shared stay on their thread, and are core's own business.
 *
 * Between two polls a task is *at home*, where its strand has what it waits for, or nowhere, all of it in words: then any
 * thread may take it.
 *
 *   queues --item--> begin -> poll --yields--> written, left ---> the end of the queue
 *                                 |--waits---> written, at home -- woken --> left ---> LIFO slot
 *                                 `--ends----> result, watchers, free slot     `---> pinned, when words cannot say all
 *
 * It is written when it begins to wait as well: its home may die.
 */
import {
  Executor,
  type ExecutorOptions,
  type Platform,
  type Task,
  type TaskId,
  type TaskKind,
} from "../../../../core/index.js";
import { CANCEL as BY_CANCEL, SUSPENDED, THROWN, YIELDED } from "../../../../core/answers.js";
import * as scheduler from "../../../../core/scheduler.js";
import type { Strand } from "../../../../core/scheduler.js";
import { leaveTask, readTask, writeTask } from "../../../../core/shared/hand-over.js";
import { CANCEL as CANCEL_WORD, FUTURES, RACE, WAITS, type Region } from "../../../../core/shared/region.js";
import * as states from "../../../../core/state.js";
import { renew, tellEnd } from "../../../../core/tasks/bonds.js";
import { lengthOf } from "../lock-free/deque.js";
import { add } from "../lock-free/ring.js";
import * as word from "../lock-free/task-word.js";
import * as ends from "./ends.js";
import { THEN_OVER, THEN_READY, THEN_WAITS, type Observer } from "./observer.js";
import { deliver, enqueue, inject, makeMember, schedule, type Flavor, type Member } from "./queues.js";
import { POLLS, count } from "./counts.js";
import { LocalQueues } from "./levels.js";
import { beginHere, claimSlot, waitsUntold } from "./places.js";
import type { End, Outcomes } from "./outcomes.js";
import { HOME, PIN, TOLD, WATCHERS, WORD, indexOf, placeOf, type TaskTable } from "./table.js";
import { checkPin, fullError, notSharedError, pinnedError } from "./task-errors.js";

/** What the thread around an executor is told. */
export interface SharedEvents {
  /** Of ends that words cannot say, and who waits for it, a bit each: before others can know of it. */
  ended(end: End, watchers: number): void;
}

const SLOT_BITS = 16;

/** The `pin` of a task that any worker may run. */
export const ANYWHERE = -1;

/** The id of a task that is no shared one. */
export const NOT_SHARED = -1;

export class SharedExecutor extends Executor {
  readonly member: Member;
  /** Ready tasks that only this thread can poll. */
  private readonly pinned_: LocalQueues;
  constructor(
    private readonly thread_: Platform & { stir(): void },
    options: ExecutorOptions,
    readonly table: TaskTable,
    me: number,
    flavor: Flavor,
    private readonly events_: SharedEvents,
    readonly observer: Observer | null,
    private readonly outcomes_: Outcomes,
  ) {
    super(thread_, options);
    this.member = makeMember(table, me, flavor);
    this.pinned_ = new LocalQueues(table.levels, table.slots);
  }

  get hasPinned(): boolean {
    return !this.pinned_.isEmpty;
  }

  private isShared_(slot: number): boolean {
    return slot < this.arena.used && this.arena.kindOf(slot).words_ > 0;
  }

  private regionOf_(slot: number): Region {
    return this.arena.frameOf(slot) as Region;
  }

  private generationOf_(slot: number): number {
    return ends.generationIn(this.table, slot);
  }

  // Starting.

  override spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): Task<R, A> {
    const task = this.trySpawn_(kind, args);
    if (task === null) throw fullError(kind);
    return task;
  }

  override trySpawn_<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): Task<R, A> | null {
    if (kind.words_ === 0) return super.trySpawn_(kind, args);
    const slot = this.prepare(kind, args, 0);
    if (slot < 0) return null;
    const id = this.idOf(slot);
    schedule(this.member, slot);
    return id as Task<R, A>;
  }

  /** As `spawn` of dormouse, for a task that worker `pin` alone may run. */
  spawnOn<A extends readonly unknown[], R>(pin: number, kind: TaskKind<A, R>, args: A): Task<R, A> {
    checkPin(this.table, pin);
    if (kind.words_ === 0) throw pinnedError(kind.name);
    const slot = this.prepare(kind, args, 0, pin);
    if (slot < 0) throw fullError(kind);
    const id = this.idOf(slot);
    this.route_(slot, indexOf(this.table, slot, 0));
    return id as Task<R, A>;
  }

  /** Makes a shared task that is ready, and in no queue yet; `watchers` are told of its end. Its slot, or -1. */
  prepare<A extends readonly unknown[]>(
    kind: TaskKind<A, unknown>,
    args: A,
    watchers: number,
    pin = ANYWHERE,
  ): number {
    const { table } = this;
    const slot = claimSlot(table, kind.firstSlot_, this.member.me);
    if (slot < 0) return slot;
    const region = this.regionOf_(slot);
    const at = indexOf(table, slot, 0);
    try {
      kind.enter_(region, args);
    } catch (error) {
      word.unclaim(table.words, at + WORD);
      add(table.free.get(kind.firstSlot_)!, slot - kind.firstSlot_);
      throw error;
    }
    const { words_: words, base_: base } = region;
    words[base + CANCEL_WORD] = words[base + WAITS] = words[base + RACE] = words[base + FUTURES] = 0;
    table.words[at + PIN] = pin + 1;
    Atomics.store(table.words, at + HOME, 0);
    Atomics.store(table.words, at + WATCHERS, watchers);
    this.observer?.isNew(slot);
    this.observer?.isReady(slot, this.queued_());
    word.start(table.words, at + WORD);
    return slot;
  }

  /** The id of the task that `slot` holds. */
  idOf(slot: number): TaskId {
    return ((this.generationOf_(slot) << SLOT_BITS) | slot) as TaskId;
  }

  /** The id of the shared task of `strand`, or {@link NOT_SHARED}. */
  sharedIdOf({ executor_: executor, slot_: slot }: Strand): number {
    return executor === this && this.isShared_(slot) ? this.idOf(slot) : NOT_SHARED;
  }

  // Waking.

  override cancel(id: TaskId): void {
    const slot = this.arena.placeOf(id);
    if (!this.isShared_(slot)) {
      super.cancel(id);
      return;
    }
    const { words } = this.table;
    const at = indexOf(this.table, slot, 0);
    if (word.cancel(words, at + WORD, id >> SLOT_BITS) === word.WOKEN) this.route_(slot, at);
  }

  override checkOwn_(kind: TaskKind<never, unknown>, verb: string): void {
    if (kind.words_ > 0) throw notSharedError(kind.name, verb);
  }

  override pause(id: TaskId): void {
    this.checkOwn_(this.arena.kindOf(this.arena.placeOf(id)), "pause");
    super.pause(id);
  }

  override resume(id: TaskId): void {
    this.checkOwn_(this.arena.kindOf(this.arena.placeOf(id)), "resume");
    super.resume(id);
  }

  /** A task that this thread made ready goes where it can be polled. */
  private route_(slot: number, at: number): void {
    const { table, member } = this;
    const place = placeOf(table, at);
    this.observer?.isReady(slot, this.queued_());
    if (place === member.me) this.pin_(slot);
    else if (place >= 0) deliver(table, place, slot);
    else if (member.me < table.workers) enqueue(member, slot);
    else inject(table, slot);
  }

  /** What a task waits for here has happened. */
  override wake_(strand: Strand): void {
    const { slot_: slot } = strand;
    if (!this.isShared_(slot)) {
      super.wake_(strand);
      return;
    }
    const { words } = this.table;
    const at = indexOf(this.table, slot, 0);
    strand.wakes_ = (strand.wakes_ + 1) | 0;
    if (word.wake(words, at + WORD, this.generationOf_(slot)) === word.WOKEN) {
      this.ready_(slot, at);
      this.thread_.stir();
    }
  }

  /** The task is at home here, and ready: it leaves if it can. */
  private ready_(slot: number, at: number): void {
    this.observer?.isReady(slot, this.queued_());
    if (this.table.words[at + PIN] === 0 && this.leave_(slot, at)) schedule(this.member, slot);
    else this.pin_(slot);
  }

  /** Tasks in the queue of this thread. */
  private queued_(): number {
    return lengthOf(this.table.deques[this.member.me]!);
  }

  private leave_(slot: number, at: number): boolean {
    const { words } = this.table;
    const region = this.regionOf_(slot);
    // What is written by half says nothing.
    words[at + TOLD] = 0;
    if (!writeTask(region, true)) return false;
    leaveTask(region);
    region.strand_.life_ = states.WAITING;
    Atomics.store(words, at + HOME, 0);
    return true;
  }

  private pin_(slot: number): void {
    this.pinned_.add(this.table.levelOf[slot]!, slot);
  }

  /** The next task that only this thread can poll, or -1. */
  takePinned(): number {
    return this.pinned_.take();
  }

  /** This thread was told to look at the task in `slot`. */
  look(slot: number): void {
    const { table, member } = this;
    const at = indexOf(table, slot, 0);
    const now = Atomics.load(table.words, at + WORD);
    const home = Atomics.load(table.words, at + HOME) - 1;
    // It may be over, and HOME that of the one which was: what such a task left must not be read.
    if ((now & (word.FREE | word.CLAIMED | word.RUNNING)) !== 0) return;
    // Its home died while it waited there, and it was given to this thread.
    if (home === member.me && this.arena.strandOf(slot).frame_ === null && table.words[at + TOLD] === 1)
      this.arrive_(slot);
    if ((now & word.NOTIFIED) === 0) return;
    if (home === member.me || home < 0) this.pin_(slot);
    else deliver(table, home, slot);
  }

  // Polling.

  private arrive_(slot: number): void {
    this.arena.rename(this.idOf(slot));
    readTask(this.regionOf_(slot));
  }

  /** Gives the task in `slot` its turn, unless another thread has it. */
  pollShared(slot: number): void {
    const { table, member } = this;
    const { words } = table;
    const at = indexOf(table, slot, 0);
    const before = beginHere(table, slot, member.me);
    if (before === 0) return;
    const strand = this.arena.strandOf(slot);
    if (strand.frame_ === null) {
      // Its home died when somebody had an item too many of it in hand.
      if (waitsUntold(table, at, member.me)) {
        ends.endTask(table, slot, this.arena.kindOf(slot).firstSlot_, ends.LOST, undefined);
        return;
      }
      this.arrive_(slot);
      Atomics.store(words, at + HOME, member.me + 1);
    }
    if ((before & word.CANCEL) !== 0 && strand.cancel_ === 0) strand.cancel_ = 1;
    strand.life_ = states.RUNNING;
    strand.polls_ = (strand.polls_ + 1) | 0;
    count(table, member.me, POLLS);
    this.observer?.begins(slot);
    const answer = scheduler.poll(strand);
    this.observer?.ends(
      slot,
      answer === YIELDED ? THEN_READY : answer === SUSPENDED ? THEN_WAITS : THEN_OVER,
    );
    if (answer === YIELDED) this.yielded_(slot, at);
    else if (answer === SUSPENDED) this.suspended_(slot, at, strand);
    else this.ended_(slot, strand);
  }

  private yielded_(slot: number, at: number): void {
    const { words } = this.table;
    const hasLeft = this.leave_(slot, at);
    if (!hasLeft) words[at + TOLD] = 0;
    const isPinned = words[at + PIN] !== 0;
    this.observer?.isReady(slot, this.queued_());
    word.yieldTask(words, at + WORD);
    if (hasLeft && !isPinned) enqueue(this.member, slot);
    else this.pin_(slot);
  }

  private suspended_(slot: number, at: number, strand: Strand): void {
    const { words } = this.table;
    strand.life_ = states.WAITING;
    words[at + TOLD] = writeTask(this.regionOf_(slot), false) ? 1 : 0;
    if (word.suspend(words, at + WORD)) this.ready_(slot, at);
  }

  // Ends.

  private ended_(slot: number, strand: Strand): void {
    const { how_: how, value_: value } = strand;
    scheduler.leave(null);
    scheduler.endStrand(strand);
    const outcome = how === THROWN ? ends.FAULTED : how === BY_CANCEL ? ends.CANCELLED : ends.DONE;
    const isThrown = outcome === ends.FAULTED;
    if (isThrown || (outcome === ends.DONE && !ends.isPlain(value)))
      this.endsBeyondWords_(slot, isThrown, value);
    strand.life_ = states.WAITING;
    strand.value_ = undefined;
    ends.endTask(this.table, slot, this.arena.kindOf(slot).firstSlot_, outcome, value);
  }

  /** Words cannot say with what a task ends: whoever may want to know has it, before they say that it is over. */
  private endsBeyondWords_(slot: number, isThrown: boolean, value: unknown): void {
    const { table, outcomes_: outcomes } = this;
    const { name } = this.arena.kindOf(slot);
    const watchers = Atomics.load(table.words, indexOf(table, slot, WATCHERS));
    const end = { name, slot, generation: this.generationOf_(slot), isThrown, value };
    outcomes.keep(end);
    // Most of those that the main thread spawns are nobody else's business.
    if (watchers !== 1 << table.workers) outcomes.post(end);
    this.events_.ended(end, watchers);
  }

  /** Where tasks of this thread learn of the end of another: the strand of the same slot stands for it. */
  override strandOf_(id: TaskId): Strand | null {
    const { arena, table, member } = this;
    const slot = arena.placeOf(id);
    if (!this.isShared_(slot)) return super.strandOf_(id);
    const state = ends.watch(table, slot, id >> SLOT_BITS, member.me);
    if (state === ends.GONE) return null;
    const strand = arena.strandOf(slot);
    if (arena.slotOf(id) < 0) {
      arena.rename(id);
      if (strand.bond_ !== null) renew(strand.bond_);
    }
    if (state === ends.OVER) {
      this.tell_(slot, strand);
      // Another task may have taken the slot meanwhile.
      if (!ends.isStill(table, slot, id >> SLOT_BITS)) return null;
    } else if (states.isEnd(strand.life_)) strand.life_ = states.WAITING;
    return strand;
  }

  /** A task that somebody here waits for is over. */
  told(slot: number): void {
    const strand = this.arena.strandOf(slot);
    this.tell_(slot, strand);
    if (strand.bond_ !== null) tellEnd(strand, strand.bond_);
    ends.unwatch(this.table, slot, this.arena.kindOf(slot).firstSlot_, this.member.me);
  }

  /** What the task in `slot` ended with, as if it had ended here. */
  private tell_(slot: number, strand: Strand): void {
    this.outcomes_.tell(this.arena.kindOf(slot).name, strand, this.table, slot);
  }
}
