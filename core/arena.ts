/**
 * The task arena: a fixed number of slots, and what each of them keeps. What a poll touches lies in the strand of the
 * slot: V8 takes a field sooner than an element of a typed array.
 *
 *   slot         0       1        2        3     ...       slots of one kind are neighbours,
 *   kind       blink  countPresses  sample sample          kinds in the order they were declared
 *   life_      WAITING READY      WAITING  FREE              a field of the strand, as all that changes at a poll
 *   generation_  1       1          4        0             grows at each claim; part of a task id
 *   free         kind by kind a list of slots, linked by next_: the one that is free for longest comes first, so that
 *                the result of a task stays as long as it can
 */
import { DEV } from "./dev.js";
import { fail } from "./errors.js";
import type { Executor } from "./executor.js";
import { makeStrand, type Frame, type Strand } from "./scheduler.js";
import { claim, isClaimable, reserve } from "./state.js";
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

/** Ends a list of free slots; and what says that there is none. */
const NONE = -1;
/** The link of a slot that is in no list. */
const UNLISTED = -2;

/** Bits of an id that name the slot, and what they are in an arena that has more slots than these can name. */
const SLOT_BITS = 16;
const MOST_SLOT_BITS = 20;
const MOST_SLOTS = 1 << MOST_SLOT_BITS;
const ID_BITS = 31;

/** The slots of an executor. */
export class Arena {
  private readonly generations_: Int32Array;
  private readonly kinds_: (TaskKind<never, unknown> | null)[] = [];
  /** By slot. */
  readonly strands: Strand[] = [];
  private readonly frames_: (Frame | null)[] = [];
  /** By slot: the next one of its kind that is free. */
  private readonly nextFree_: Int32Array;
  /** By the first slot of a kind. */
  private readonly firstFree_: Int32Array;
  private readonly lastFree_: Int32Array;
  /** Bits of an id that name the slot; the others are the generation. */
  private readonly slotBits_: number;

  /** Makes `slots` slots; all storage that does not depend on the kinds. @throws E112 when ids cannot name so many */
  constructor(
    private readonly executor_: Executor,
    readonly slots: number,
  ) {
    if (slots > MOST_SLOTS) {
      fail("E112", "tasks", DEV && slots + " slots are more than " + MOST_SLOTS + ". Make pools smaller");
    }
    this.generations_ = new Int32Array(slots);
    this.nextFree_ = new Int32Array(slots);
    this.firstFree_ = new Int32Array(slots);
    this.lastFree_ = new Int32Array(slots);
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
    for (let i = first; i < first + kind.pool; i++) {
      const strand = makeStrand(this.executor_, i, null);
      this.kinds_.push(kind);
      this.strands.push(strand);
      this.frames_.push(kind.frame_ === null ? null : kind.frame_(strand, null));
      strand.dynamic_ = kind.frame_ === null;
      this.nextFree_[i] = i + 1;
    }
    this.nextFree_[first + kind.pool - 1] = NONE;
    this.firstFree_[first] = first;
    this.lastFree_[first] = first + kind.pool - 1;
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
    if (kind.firstSlot_ >= this.used) {
      fail(
        "E113",
        kind.name,
        DEV && "was declared after the executor was made. Call task() at the top of a module",
      );
    }
    const list = kind.firstSlot_;
    for (;;) {
      const slot = this.firstFree_[list]!;
      if (slot === NONE) return NONE;
      this.firstFree_[list] = this.nextFree_[slot]!;
      this.nextFree_[slot] = UNLISTED;
      const strand = this.strands[slot]!;
      // One that was restarted, or came from another thread, is listed again at its end.
      if (!isClaimable(strand.life_)) continue;
      reserve(strand);
      this.generations_[slot] = (this.generations_[slot]! + 1) & ((1 << (ID_BITS - this.slotBits_)) - 1);
      strand.polls_ = strand.wakes_ = 0;
      return slot;
    }
  }

  /** A task begins in `slot`. */
  occupy(slot: number): void {
    claim(this.strands[slot]!);
  }

  /** The task of `slot`, which is over, begins again: the slot leaves the list. Cost: O(free slots of the kind). */
  reoccupy(slot: number): void {
    const list = this.kinds_[slot]!.firstSlot_;
    let before = NONE;
    for (let each = this.firstFree_[list]!; each !== slot; each = this.nextFree_[each]!) before = each;
    if (before === NONE) this.firstFree_[list] = this.nextFree_[slot]!;
    else this.nextFree_[before] = this.nextFree_[slot]!;
    if (this.lastFree_[list] === slot) this.lastFree_[list] = before;
    this.nextFree_[slot] = UNLISTED;
    this.occupy(slot);
  }

  /** Lists `slot`, whose task is over, as the last one of its kind to be used again. Cost: O(1). */
  release(slot: number): void {
    if (this.nextFree_[slot] !== UNLISTED) return;
    const list = this.kinds_[slot]!.firstSlot_;
    const last = this.lastFree_[list]!;
    this.nextFree_[slot] = NONE;
    this.lastFree_[list] = slot;
    if (this.firstFree_[list] === NONE) this.firstFree_[list] = slot;
    else this.nextFree_[last] = slot;
  }

  /** The id of the task that `slot` holds now. */
  idOf(slot: number): TaskId {
    return ((this.generations_[slot]! << this.slotBits_) | slot) as TaskId;
  }

  /** The slot of `id`, whoever has it now. */
  placeOf(id: TaskId): number {
    return id & ((1 << this.slotBits_) - 1);
  }

  /** The slot of `id`, or -1 when that task's slot holds a later one. */
  slotOf(id: TaskId): number {
    const slot = this.placeOf(id);
    return slot < this.used && this.generations_[slot] === id >> this.slotBits_ ? slot : -1;
  }

  /** Makes `id` the task of its slot: one that came from another thread. */
  rename(id: TaskId): number {
    const slot = this.placeOf(id);
    this.generations_[slot] = id >> this.slotBits_;
    return slot;
  }

  strandOf(slot: number): Strand {
    return this.strands[slot]!;
  }

  /** The preallocated outermost frame; null for uncompiled kinds. */
  frameOf(slot: number): Frame | null {
    return this.frames_[slot]!;
  }

  /** The kind whose slot this is; its name is the task's name. */
  kindOf(slot: number): TaskKind<never, unknown> {
    return this.kinds_[slot]!;
  }
}
