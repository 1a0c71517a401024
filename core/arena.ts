/**
 * The task arena: a fixed number of slots. What a slot keeps is its strand (scheduler.ts): V8 takes a field sooner than an
 * element of a typed array.
 *
 *   slot         0       1        2        3     ...       slots of one kind are neighbours,
 *   pool       blink  countPresses  sample sample          kinds in the order they were declared
 *   life_      WAITING READY      WAITING  FREE            as all that changes at a poll
 *   id_          1|0     1|1        4|2     0|3             generation and slot; the generation grows at each claim
 *
 * A pool has a list of its free slots: the one that is free for longest comes first, so that the result of a task stays as
 * long as it can. They are linked as operations that wait, which nothing does in a free slot; `source_` is the pool meanwhile.
 */
import { DEV } from "./dev.js";
import { fail } from "./errors.js";
import type { Executor } from "./executor.js";
import { makeStrand, type Frame, type Strand } from "./scheduler.js";
import { claim, reserve } from "./state.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./sync/wait-list.js";
import type { TaskKind } from "./kinds.js";

declare const taskId: unique symbol;
declare const taskTypes: unique symbol;

/**
 * Names one run of one slot. Stale once the slot is used again; the same number comes back after 2^15 uses, or after 2^11
 * in an executor of more than 65536 slots.
 */
export type TaskId = number & { readonly [taskId]: true };

/** A {@link TaskId} that knows what its task gives, and was started with: for `join` and `restart`. */
export type Task<R = unknown, A extends readonly unknown[] = readonly unknown[]> = TaskId & {
  readonly [taskTypes]: { readonly result: R; readonly args: A };
};

/** What says that there is no slot. */
const NONE = -1;

/** Bits of an id that name the slot, and what they are in an arena that has more slots than these can name. */
const SLOT_BITS = 16;
const MOST_SLOT_BITS = 20;
const MOST_SLOTS = 1 << MOST_SLOT_BITS;
const MOST_ID = 0x7fffffff;

/** The slots of a kind in an executor. */
export interface Pool {
  readonly kind_: TaskKind<never, unknown>;
  readonly free_: WaitList;
}

/** The slots of an executor. */
export class Arena {
  /** By slot. */
  readonly strands: Strand[] = [];
  /** Bits of an id that name the slot; the others are the generation. */
  private readonly slotBits_: number;

  /** Makes `slots` slots. @throws E112 when ids cannot name so many */
  constructor(
    private readonly executor_: Executor,
    readonly slots: number,
  ) {
    if (slots > MOST_SLOTS) {
      fail("E112", "tasks", DEV && slots + " slots are more than " + MOST_SLOTS + ". Make pools smaller");
    }
    this.slotBits_ = slots <= 1 << SLOT_BITS ? SLOT_BITS : MOST_SLOT_BITS;
  }

  /** Slots that have a kind. */
  get used(): number {
    return this.strands.length;
  }

  /** Gives `kind` its slots. @throws E112 when they do not fit */
  adopt(kind: TaskKind<never, unknown>): void {
    const first = this.strands.length;
    if (first + kind.pool > this.slots) {
      const have = "arena: " + this.slots + " slots, " + first + " of them in use, and this kind wants ";
      fail("E112", kind.name, DEV && have + kind.pool + ". Raise `tasks` in the executor's options");
    }
    const pool: Pool = { kind_: kind, free_: makeWaitList() };
    for (let slot = first; slot < first + kind.pool; slot++) {
      const strand = makeStrand(this.executor_, slot, null);
      strand.pool_ = pool;
      strand.id_ = slot as TaskId;
      strand.home_ = kind.frame_ === null ? null : kind.frame_(strand, null);
      strand.dynamic_ = kind.frame_ === null;
      this.strands.push(strand);
      list(strand, pool);
    }
  }

  /** Takes a free slot of `kind`, as {@link tryClaim}. @throws E101 when all are in use, E113 when it has none here */
  claim(kind: TaskKind<never, unknown>): number {
    const slot = this.tryClaim(kind);
    if (slot >= 0) return slot;
    const all = kind.pool === 1 ? "its only slot is" : "all " + kind.pool + " of its slots are";
    const advice = "Give task(..., { pool: " + (kind.pool + 1) + " }) or cancel one first";
    return fail("E101", kind.name, DEV && all + " in use. " + advice);
  }

  /** Reserves the slot of `kind` that is free for longest; -1 when all are in use. Cost: O(1). @throws E113 */
  tryClaim(kind: TaskKind<never, unknown>): number {
    const { strands } = this;
    if (kind.firstSlot_ >= strands.length) {
      fail(
        "E113",
        kind.name,
        DEV && "was declared after the executor was made. Call task() at the top of a module",
      );
    }
    const strand = shift(strands[kind.firstSlot_]!.pool_!.free_) as Strand | null;
    if (strand === null) return NONE;
    strand.source_ = null;
    reserve(strand);
    // The generation grows, and wraps.
    strand.id_ = ((strand.id_ + (1 << this.slotBits_)) & MOST_ID) as TaskId;
    strand.polls_ = strand.wakes_ = 0;
    return strand.slot_;
  }

  /** A task begins in `slot`. */
  occupy(slot: number): void {
    claim(this.strands[slot]!);
  }

  /** The task of `slot`, which is over, begins again: the slot leaves the list. Cost: O(1). */
  reoccupy(slot: number): void {
    unlist(this.strands[slot]!);
    this.occupy(slot);
  }

  /** Lists `slot`, whose task is over, as the last one of its kind to be used again. Cost: O(1). */
  release(slot: number): void {
    const strand = this.strands[slot]!;
    list(strand, strand.pool_!);
  }

  /** The id of the task that `slot` holds now. */
  idOf(slot: number): TaskId {
    return this.strands[slot]!.id_;
  }

  /** The slot of `id`, whoever has it now. */
  placeOf(id: TaskId): number {
    return id & ((1 << this.slotBits_) - 1);
  }

  /** The slot of `id`, or -1 when that task's slot holds a later one. */
  slotOf(id: TaskId): number {
    const slot = this.placeOf(id);
    return slot < this.used && this.strands[slot]!.id_ === id ? slot : NONE;
  }

  /** Makes `id` the task of its slot: one that came from another thread. */
  rename(id: TaskId): number {
    const slot = this.placeOf(id);
    const strand = this.strands[slot]!;
    unlist(strand);
    strand.id_ = id;
    return slot;
  }

  strandOf(slot: number): Strand {
    return this.strands[slot]!;
  }

  /** The preallocated outermost frame; null for uncompiled kinds. */
  frameOf(slot: number): Frame | null {
    return this.strands[slot]!.home_;
  }

  /** The kind whose slot this is; its name is the task's name. */
  kindOf(slot: number): TaskKind<never, unknown> {
    return this.strands[slot]!.pool_!.kind_;
  }
}

/** Makes the slot of `strand` the last one of `pool` to be used again, unless it is free already. */
function list(strand: Strand, pool: Pool): void {
  if (strand.source_ === pool) return;
  strand.source_ = pool;
  append(pool.free_, strand);
}

/** Takes the slot of `strand` out of the free ones, if it is there. */
function unlist(strand: Strand): void {
  if (strand.source_ !== strand.pool_) return;
  strand.source_ = null;
  remove(strand.pool_!.free_, strand);
}
