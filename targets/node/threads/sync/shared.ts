/**
 * What all primitives of all threads are: a place in the memory of the pool, the same on each thread, and operations that
 * wait here, and may go elsewhere with their task.
 *
 *   memory      state of the primitive | a bit for each thread that waits (lock-free/waiting.ts)
 *   thread 0    operations that wait here, oldest first                thread 1   those that wait there       ...
 *
 *   look        this thread was told, or somebody has come here who waits: serves them in turn, as far as it goes
 *   leave       a task goes: its operation leaves the list, and a record of its frame says what it waits for
 *   arrive      it goes on here
 *   bury        a thread has died: what it had in its hands is put right (recover.ts)
 */
import type { Op } from "../../../../core/op.js";
import { leaves, type SharedLeaf } from "../../../../core/shared/leaves.js";
import type { Region } from "../../../../core/shared/region.js";
import type { Strand } from "../../../../core/scheduler.js";
import { coded } from "../../tool-errors.js";
import { ownerTask, ownerThread } from "../lock-free/owner.js";
import { whoWaits } from "../lock-free/waiting.js";
import { declared, type Declared } from "../tasks/declared.js";
import { here, lookAgain, tellThreads, type Place } from "../tasks/look.js";
import { NOT_SHARED } from "../tasks/shared-executor.js";
import { sharedAt, type TaskTable } from "../tasks/table.js";

/** Bits by which a record says what its operation waits for; those above are the number of the primitive. */
const OWN_BITS = 4;
const OWN = (1 << OWN_BITS) - 1;

/** No record can say what it waits for: its task stays on its thread. */
export const UNTOLD = -1;

/** What all threads share; see the head of this file. */
export abstract class Shared implements Declared {
  private readonly number_: number;
  private place_: Place | null = null;
  /** Where it lies for this thread, once {@link find_} has found it. */
  protected table_!: TaskTable;
  protected words_!: Int32Array;
  protected at_ = 0;
  protected me_ = 0;

  /** What could be wrong was checked: it is one of all from here on. */
  protected constructor(protected readonly subject_: string) {
    this.number_ = declared.push(this) - 1;
    if (leaves.indexOf(sharedLeaf) < 0) leaves.push(sharedLeaf);
  }

  /** @internal */ abstract size_(threads: number): number;
  /** @internal */ abstract fill_(table: TaskTable, at: number): void;
  /** Serves those who wait here. */
  protected abstract serve_(): void;
  /** @internal */ abstract bury_(dead: number, isAlive: (id: number) => boolean): void;
  /** The operation is given up: takes it out, or gives back what it was given. */
  /** @internal */ abstract drop_(op: Op, state: number): void;
  /** Writes its record; what else there is to say, in {@link OWN_BITS} bits, or {@link UNTOLD}. */
  protected abstract write_(op: Op, region: Region, at: number): number;
  /** Its task leaves, and its record was written. */
  /** @internal */ abstract left_(op: Op): void;
  /** Goes on with it; `own` is what `write_` gave. */
  protected abstract read_(op: Op, region: Region, at: number, own: number): void;

  /** Every use begins with it. @throws E446 where no threads share it */
  protected find_(): void {
    if (this.isHere_()) return;
    const advice = "Make it at the top of a module, and use it once threads() has made a pool";
    throw coded("E446", this.subject_, `no threads share it. ${advice}`);
  }

  private isHere_(): boolean {
    const place = here();
    if (place === null) return false;
    if (place === this.place_) return true;
    if (this.number_ >= place.table.shared) return false;
    this.place_ = place;
    this.table_ = place.table;
    this.words_ = place.table.words;
    this.me_ = place.me;
    this.at_ = sharedAt(place.table, this.number_);
    this.found_();
    return true;
  }

  /** It lies elsewhere than before. */
  protected found_(): void {
    // for those who keep more of it
  }

  /** @internal */ look_(): void {
    if (this.isHere_()) this.serve_();
  }

  /** Tells all threads that wait by the word at `at`. */
  protected tell_(at: number): void {
    tellThreads(this.table_, whoWaits(this.words_, at));
  }

  /** Looks before this thread sleeps. */
  protected lookSoon_(): void {
    lookAgain(this.table_, this.me_);
  }

  /** The executor of this thread's shared tasks. */
  protected get executor_(): Place["executor"] {
    return this.place_!.executor;
  }

  /** The shared task that `op` is of. */
  protected idOf_(op: Op): number {
    return this.executor_.idOf(op.strand_.slot_);
  }

  /** Who has what the task of `strand` takes (lock-free/owner.ts); null is what runs outside of tasks. */
  protected ownerOf_(strand: Strand | null): number {
    const id = strand === null ? NOT_SHARED : this.executor_.sharedIdOf(strand);
    return id === NOT_SHARED ? ownerThread(this.me_) : ownerTask(id);
  }

  /** What a record has of an operation of this primitive. */
  protected ownOf_(own: number): number {
    return (this.number_ << OWN_BITS) | own;
  }

  /** @internal */ leave_(op: Op, region: Region, at: number): number {
    const own = this.write_(op, region, at);
    return own === UNTOLD ? UNTOLD : this.ownOf_(own);
  }

  /** @internal */ arrive_(op: Op, region: Region, at: number, own: number): void {
    this.find_();
    op.source_ = this;
    this.read_(op, region, at, own);
  }
}

/** The `drop_` of all operations that wait for such. */
export function dropShared(op: Op, state: number): void {
  (op.source_ as Shared).drop_(op, state);
}

/** How they go from thread to thread. */
const sharedLeaf: SharedLeaf = {
  drop_: dropShared,
  leave_: (op, region, at) => (op.source_ as Shared).leave_(op, region, at),
  left_: (op) => {
    (op.source_ as Shared).left_(op);
  },
  arrive_: (op, region, at, own) => {
    (declared[own >> OWN_BITS] as Shared).arrive_(op, region, at, own & OWN);
  },
};
