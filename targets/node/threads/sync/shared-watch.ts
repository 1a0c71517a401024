/** The latest value for all threads: it lies in shared memory (lock-free/latest.ts), and who waits on each thread. */
import type { Future } from "../../../../core/index.js";
import { begin } from "../../../../core/leaf.js";
import { DONE, PENDING, complete, type Op } from "../../../../core/op.js";
import { AT } from "../../../../core/shared/leaves.js";
import type { Region } from "../../../../core/shared/region.js";
import { append, makeWaitList, remove, type WaitList } from "../../../../core/sync/wait-list.js";
import * as latest from "../lock-free/latest.js";
import { waitFor } from "../lock-free/waiting.js";
import type { TaskTable } from "../tasks/table.js";
import { load, packed, roomFor, store, unpacked, type Copies, type Hold } from "./cargo.js";
import { Shared, dropShared } from "./shared.js";

/** In a record: it waits, or there is a later version. */
const WAITS = 0;
const CHANGED = 1;

/** Of a cell, before the bytes of a copy: the tag of the value, and its double. */
const TAG = 0;
const VALUE = 2;
const CELL_WORDS = 4;

/**
 * The latest value, for any number of readers on all threads, each of which remembers the version that it has seen: of a module,
 * where each thread makes it by the same line.
 *
 * ```ts
 * const config = new SharedWatch<Config>({ gain: 1, name: "left" }, { bytes: 256 });
 *
 * for (let seen = 0; ; ) {
 *   seen = await config.changed(seen);
 *   apply(config.value);
 * }
 * ```
 *
 * Any thread may set it, at any time. A reader misses what was overwritten before it ran, never the latest. Copies are made once
 * for each version on each thread: those who read one there have the same object.
 *
 * Layout: two cells for each thread; versions are 1 for the first value, and one more with each `set`, from 2^26 on from 1 again.
 * Cost: O(1) each, and O(threads that wait) of a `set`; allocates nothing for whole numbers of 32 bits.
 * Cancel: a dropped `changed` leaves nothing behind.
 */
export class SharedWatch<T = number> extends Shared {
  private readonly bytes_: number;
  private readonly first_: unknown;
  /** Of this thread. */
  private readonly waiters_: WaitList = makeWaitList();
  private hold_!: Hold;
  /** The copy that was read last, and of which value it is. */
  private copy_: unknown = undefined;
  private copied_ = 0;

  /** @throws E448 when `initial` has no room, or cannot be copied; E121 unless `bytes` is a whole number */
  constructor(initial: T, { bytes = 0 }: Copies = {}) {
    const room = roomFor(bytes, "watch");
    const first = packed(initial, room, "watch");
    super("watch");
    this.bytes_ = room;
    this.first_ = first;
  }

  /** The latest value. @throws E446 where no threads share it */
  get value(): T {
    this.find_();
    const { words_: words, at_: at } = this;
    for (;;) {
      const current = latest.currentOf(words, at);
      if (current === this.copied_) return this.copy_ as T;
      const begin = latest.beginOf(at, this.cellWords_(), latest.cellOf(current));
      const found = load(this.hold_, begin + TAG, begin + VALUE, this.bytesOf_(begin));
      if (!latest.isCurrent(words, at, current)) continue;
      const value = unpacked(found);
      if (value !== found) {
        this.copied_ = current;
        this.copy_ = value;
      }
      return value as T;
    }
  }

  /** What `changed` is to be given by who wants to know of later values only. @throws E446 where no threads share it */
  get version(): number {
    this.find_();
    return latest.versionOf(latest.currentOf(this.words_, this.at_));
  }

  /** Puts `value` in the place of the one before, and wakes all who wait. @throws E448 as the constructor; E446 where no threads share it */
  set(value: T): void {
    this.find_();
    this.put_(this.hold_, this.at_, this.me_, packed(value, this.bytes_, "watch"));
    this.tell_(this.at_ + latest.WAITING);
  }

  /** Waits until the version is no longer `seen`, and gives it: that of `value` now. 0 is the version before the first. @throws E446 */
  changed(seen: number): Future<number> {
    this.find_();
    const op = begin(this, dropShared, claimVersion);
    op.at_ = seen;
    if (this.hasOther_(seen)) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<number>;
  }

  /** Whether there is another version than `seen`; otherwise this thread will be told. */
  private hasOther_(seen: number): boolean {
    if (this.version !== seen) return true;
    waitFor(this.words_, this.at_ + latest.WAITING, this.me_);
    return this.version !== seen;
  }

  private put_(hold: Hold, at: number, me: number, value: unknown): void {
    const cell = latest.spareOf(hold.words, at, me);
    const begin = latest.beginOf(at, this.cellWords_(), cell);
    store(hold, begin + TAG, begin + VALUE, this.bytesOf_(begin), value);
    latest.publish(hold.words, at, cell);
  }

  private cellWords_(): number {
    return CELL_WORDS + this.bytes_ / 4;
  }

  private bytesOf_(begin: number): number {
    return 4 * (begin + CELL_WORDS);
  }

  /** @internal */ size_(threads: number): number {
    return latest.latestWords(threads, this.cellWords_());
  }

  /** @internal */ fill_(table: TaskTable, at: number): void {
    this.put_(this.holdIn_(table), at, 0, this.first_);
  }

  protected override found_(): void {
    this.hold_ = this.holdIn_(this.table_);
    this.copied_ = 0;
  }

  private holdIn_({ words, doubles, buffer }: TaskTable): Hold {
    return { words, doubles, bytes: new Uint8Array(buffer), room: this.bytes_ };
  }

  protected serve_(): void {
    // A completion may drop others that are in the list.
    for (let op = this.oldOne_(); op !== null; op = this.oldOne_()) {
      remove(this.waiters_, op);
      complete(op);
    }
  }

  /** One that has seen another version than there is. */
  private oldOne_(): Op | null {
    let op = this.waiters_.head_;
    while (op !== null && !this.hasOther_(op.at_)) op = op.next_;
    return op;
  }

  /** @internal */ drop_(op: Op, state: number): void {
    if (state === PENDING) remove(this.waiters_, op);
  }

  protected write_(op: Op, region: Region, at: number): number {
    region.words_[at + AT] = op.at_;
    return op.state_ === PENDING ? WAITS : CHANGED;
  }

  /** @internal */ left_(op: Op): void {
    if (op.state_ === PENDING) remove(this.waiters_, op);
  }

  protected read_(op: Op, region: Region, at: number, own: number): void {
    op.claim_ = claimVersion;
    op.at_ = region.words_[at + AT]!;
    if (own === CHANGED) {
      op.state_ = DONE;
      return;
    }
    append(this.waiters_, op);
    this.lookSoon_();
  }

  /** @internal */ bury_(): void {
    // A value that was half put is not there.
  }
}

function claimVersion(op: Op): unknown {
  return (op.source_ as SharedWatch<unknown>).version;
}
