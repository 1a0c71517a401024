/** A channel of all threads: its cells in shared memory (lock-free/channel.ts), and who waits on each thread. */
import { CLOSED, type Future } from "../../../../core/index.js";
import { begin } from "../../../../core/leaf.js";
import { DONE, PENDING, complete, irrevocable, type Op } from "../../../../core/op.js";
import { AT, ownAt, valueAt, writeOwn, writeValue } from "../../../../core/shared/leaves.js";
import type { Region } from "../../../../core/shared/region.js";
import { checked } from "../../../../core/sync/count.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../../../../core/sync/wait-list.js";
import * as channel from "../lock-free/channel.js";
import { waitFor } from "../lock-free/waiting.js";
import type { TaskTable } from "../tasks/table.js";
import { fitsRecord, load, packed, roomFor, store, unpacked, type Copies, type Hold } from "./cargo.js";
import { atMost } from "./limits.js";
import { Shared, UNTOLD, dropShared } from "./shared.js";

/** In a record. An item that was received, and not yet taken, lies in a cell. */
const RECEIVES = 0;
const RECEIVED = 1;
const SENDS = 2;
/** It is sent in this moment: whether it was, its thread's note says, if that dies now. */
const IS_SENDING = 3;
/** It was sent, and the task does not know of it. */
const SENT = 4;

/** What a thread notes of what it sends for a task that waits: where its record is, and the claim of the cell. */
const NOTE_WORDS = 2;

/** The value of an operation whose item went out when its thread died. */
const GONE_OUT = {};

/**
 * A bounded first-in-first-out queue between tasks of all threads: of a module, where each thread makes it by the same line.
 * `send` waits while it is full.
 *
 * ```ts
 * const samples = new SharedChannel<number>(64);
 * const orders = new SharedChannel<Order>(16, { bytes: 512 });
 * ```
 *
 * Items are numbers, `true`, `false`, `null`, `undefined` and texts of the program's types (`"idle" | "busy"`), which are not copied
 * anywhere else; with `bytes`, all that `structuredClone` takes. Items of one task arrive in order. Each arrives once, at one
 * receiver. Shared tasks may move on while they wait. When a worker dies, no item in the channel is lost.
 *
 * Layout: cells in shared memory. An item that a woken receiver has not fetched yet keeps its cell.
 * Cost: O(1) each, and O(threads that wait); allocates nothing for whole numbers of 32 bits, for others what the engine makes
 * of them. A copy costs some microseconds.
 * Cancel: a dropped `receive` takes nothing: what it was given is the oldest item again. A dropped `send` that still waits sends
 * nothing.
 */
export class SharedChannel<T = number> extends Shared {
  /** Types only: `for await (const item of channel)`, in a task, receives until the channel is closed and empty. */
  declare readonly [Symbol.asyncIterator]: () => AsyncIterator<T>;
  private readonly capacity_: number;
  private readonly bytes_: number;
  /** Of this thread. */
  private readonly receivers_: WaitList = makeWaitList();
  private readonly senders_: WaitList = makeWaitList();
  private cells_!: channel.Cells;
  private hold_!: Hold;

  /** @throws E121 unless `capacity` and `bytes` are whole numbers, the first of at least 1; E449 when it is too large */
  constructor(capacity: number, { bytes = 0 }: Copies = {}, subject = "channel") {
    const most = atMost(channel.MOST_CELLS, checked(capacity, subject), subject, "capacity");
    const room = roomFor(bytes, subject);
    super(subject);
    this.capacity_ = most;
    this.bytes_ = room;
  }

  /** Items that it holds at most. */
  get capacity(): number {
    return this.capacity_;
  }

  /** Items that wait to be received, as far as can be known. @throws E446 where no threads share it */
  get length(): number {
    this.find_();
    return channel.countOf(this.cells_);
  }

  /**
   * Waits until there is room and puts `value` last; false when the channel is closed, and nothing was sent.
   *
   * @throws E448 when `value` has no room, or cannot be copied; E446 where no threads share it
   */
  send(value: T): Future<boolean> {
    this.find_();
    const item = packed(value, this.bytes_, this.subject_);
    const op = begin(this, dropShared, null);
    op.rest_ = 0;
    op.value_ = item;
    const cell = this.senders_.head_ === null ? this.roomOrWait_() : channel.NONE;
    if (cell === channel.NONE) append(this.senders_, op);
    else this.sendBy_(op, cell);
    return op as unknown as Future<boolean>;
  }

  /** Puts `value` last if there is room now, and no task of this thread waits for some. @throws E448, E446 as {@link send} */
  trySend(value: T): boolean {
    this.find_();
    const item = packed(value, this.bytes_, this.subject_);
    if (this.senders_.head_ !== null) return false;
    const cell = channel.claimToFill(this.cells_, this.me_);
    return cell >= 0 && this.fillCell_(cell, item, 0);
  }

  /** Waits for the oldest item and takes it; {@link CLOSED} once the channel is closed and empty. @throws E446 as {@link send} */
  receive(): Future<T | typeof CLOSED> {
    this.find_();
    const op = begin(this, dropShared, claimItem);
    const cell = this.receivers_.head_ === null ? this.itemOrWait_() : channel.NONE;
    if (cell === channel.NONE) append(this.receivers_, op);
    else this.receiveFrom_(op, cell);
    return op as unknown as Future<T | typeof CLOSED>;
  }

  /** Takes the oldest item if there is one now, and no task of this thread waits for some; else null. @throws E446 as {@link send} */
  tryReceive(): T | null {
    this.find_();
    if (this.receivers_.head_ !== null) return null;
    const cell = this.claimItem_();
    return cell < 0 ? null : (this.takeOut_(cell) as T);
  }

  /** Lets no more items in, from any thread. What is inside can still be received; tasks that wait to send get false. @throws E446 */
  close(): void {
    this.find_();
    channel.close(this.cells_);
    this.tellReceivers_();
    this.tellSenders_();
  }

  // Memory.

  /** @internal */ size_(threads: number): number {
    return channel.cellsWords(this.capacity_) + NOTE_WORDS * threads + (this.capacity_ * this.bytes_) / 4;
  }

  /** @internal */ fill_(_table: TaskTable, _at: number): void {
    // Zeros are an empty one.
  }

  protected override found_(): void {
    const { words, doubles, buffer } = this.table_;
    this.cells_ = { words, at: this.at_, capacity: this.capacity_ };
    this.hold_ = { words, doubles, bytes: new Uint8Array(buffer), room: this.bytes_ };
  }

  private notesOf_(thread: number): number {
    return this.at_ + channel.cellsWords(this.capacity_) + NOTE_WORDS * thread;
  }

  private bytesOf_(cell: number): number {
    return 4 * this.notesOf_(this.table_.threads) + cell * this.bytes_;
  }

  private tellReceivers_(): void {
    this.tell_(this.at_ + channel.RECEIVERS);
  }

  private tellSenders_(): void {
    this.tell_(this.at_ + channel.SENDERS);
  }

  // Items.

  /** A cell that this thread may fill, or OVER; NONE, and this thread will be told. */
  private roomOrWait_(): number {
    const { cells_: cells, me_: me } = this;
    const cell = channel.claimToFill(cells, me);
    if (cell !== channel.NONE) return cell;
    waitFor(this.words_, this.at_ + channel.SENDERS, me);
    return channel.claimToFill(cells, me);
  }

  private sendBy_(op: Op, cell: number): void {
    op.drop_ = irrevocable;
    complete(op, cell >= 0 && this.fillCell_(cell, op.value_, op.rest_ as number));
  }

  /** Sends by a cell that was claimed, unless the channel is closed; `record` is that of the operation, if a task could leave with it. */
  private fillCell_(cell: number, item: unknown, record: number): boolean {
    const { cells_: cells } = this;
    const index = channel.cellAt(cells, cell);
    store(this.hold_, index + channel.TAG, index + channel.VALUE, this.bytesOf_(cell), item);
    const isOpen = !channel.isClosed(cells);
    if (isOpen) {
      if (record === 0) channel.publish(cells, cell);
      else this.publishFor_(record, cell);
    } else channel.discard(cells, cell);
    // One more item, and one less: nobody else need be told.
    if (!isOpen || !this.receiveHere_()) this.tellReceivers_();
    return isOpen;
  }

  /** Publishes what a task sends that could leave: its record says so. When this thread dies in between, `bury_` finds out. */
  private publishFor_(record: number, cell: number): void {
    const at = this.notesOf_(this.me_);
    this.words_[at] = record;
    this.words_[at + 1] = channel.claimOf(this.cells_, cell);
    this.tellRecord_(record, IS_SENDING);
    channel.publish(this.cells_, cell);
    // The next one to be sent here needs the note.
    this.tellRecord_(record, SENT);
  }

  private tellRecord_(record: number, own: number): void {
    writeOwn(this.executor_.memory_!.words_, record, this.ownOf_(own));
  }

  /** The cell of the oldest item, which is this thread's; or why there is none. */
  private claimItem_(): number {
    for (;;) {
      const cell = channel.claimToTake(this.cells_, this.me_);
      if (cell !== channel.MADE_ROOM) return cell;
      this.tellSenders_();
    }
  }

  /** As {@link claimItem_}; with NONE this thread will be told. */
  private itemOrWait_(): number {
    const cell = this.claimItem_();
    if (cell !== channel.NONE) return cell;
    waitFor(this.words_, this.at_ + channel.RECEIVERS, this.me_);
    return this.claimItem_();
  }

  private receiveFrom_(op: Op, cell: number): void {
    if (cell < 0) op.claim_ = null;
    op.at_ = cell;
    complete(op, CLOSED);
  }

  /** @internal The item in a cell that is this thread's. */
  takeOut_(cell: number): unknown {
    const { cells_: cells } = this;
    const index = channel.cellAt(cells, cell);
    const value = load(this.hold_, index + channel.TAG, index + channel.VALUE, this.bytesOf_(cell));
    this.taken_(value);
    channel.free(cells, cell);
    if (!this.sendHere_()) this.tellSenders_();
    // Those wait for its being over, while others have items that they could give back.
    if (channel.isClosed(cells)) this.tellReceivers_();
    return unpacked(value);
  }

  /** Gives the oldest item to the first who waits for one here, if there are both. */
  private receiveHere_(): boolean {
    const cell = this.receivers_.head_ === null ? channel.NONE : this.claimItem_();
    if (cell >= 0) this.receiveFrom_(shift(this.receivers_)!, cell);
    return cell >= 0;
  }

  /** Sends for the first who waits for room here, if there is some. */
  private sendHere_(): boolean {
    const op = this.senders_.head_;
    const cell =
      op === null || op.value_ === GONE_OUT ? channel.NONE : channel.claimToFill(this.cells_, this.me_);
    if (cell >= 0) this.sendBy_(shift(this.senders_)!, cell);
    return cell >= 0;
  }

  /** An item is taken out. */
  protected taken_(_item: unknown): void {
    // for those who keep more of it
  }

  /** Puts what has always room, in no order: when others were faster, there is some elsewhere. */
  protected sendToBag_(item: unknown): void {
    let cell: number;
    do cell = channel.claimToFill(this.cells_, this.me_, true);
    while (cell === channel.NONE);
    this.fillCell_(cell, item, 0);
  }

  // Who waits.

  protected serve_(): void {
    const { receivers_: receivers, senders_: senders } = this;
    for (let op = receivers.head_; op !== null; op = receivers.head_) {
      const cell = this.itemOrWait_();
      if (cell === channel.NONE) break;
      shift(receivers);
      this.receiveFrom_(op, cell);
    }
    for (let op = senders.head_; op !== null; op = senders.head_) {
      const isOut = op.value_ === GONE_OUT;
      const cell = isOut ? channel.NONE : this.roomOrWait_();
      if (cell === channel.NONE && !isOut) break;
      shift(senders);
      if (!isOut) this.sendBy_(op, cell);
      else {
        op.drop_ = irrevocable;
        complete(op, true);
      }
    }
  }

  /** @internal */ drop_(op: Op, state: number): void {
    if (op.claim_ === null) remove(this.senders_, op);
    else if (state === PENDING) remove(this.receivers_, op);
    else {
      channel.giveBack(this.cells_, op.at_);
      this.tellReceivers_();
    }
  }

  // Tasks that move.

  protected write_(op: Op, region: Region, at: number): number {
    if (op.claim_ === null) {
      if (op.value_ === GONE_OUT) return SENT;
      op.rest_ = at;
      return fitsRecord(op.value_) && writeValue(op.value_, region, at) ? SENDS : UNTOLD;
    }
    if (op.state_ === PENDING) return RECEIVES;
    region.words_[at + AT] = op.at_;
    return RECEIVED;
  }

  /** @internal */ left_(op: Op): void {
    if (op.claim_ === null) remove(this.senders_, op);
    else if (op.state_ === PENDING) remove(this.receivers_, op);
    else channel.leave(this.cells_, op.at_, this.idOf_(op));
  }

  protected read_(op: Op, region: Region, at: number, own: number): void {
    if (own >= SENDS) this.readSend_(op, own === SENT ? GONE_OUT : valueAt(region, at), at);
    else this.readReceive_(op, own === RECEIVED ? region.words_[at + AT]! : channel.NONE);
  }

  private readSend_(op: Op, item: unknown, at: number): void {
    // Its record still says so, until it is polled: this thread may die as well.
    op.rest_ = at;
    op.value_ = item;
    append(this.senders_, op);
    this.lookSoon_();
  }

  private readReceive_(op: Op, cell: number): void {
    op.claim_ = claimItem;
    if (cell >= 0 && channel.arrive(this.cells_, cell, this.idOf_(op), this.me_)) {
      op.at_ = cell;
      op.state_ = DONE;
      return;
    }
    append(this.receivers_, op);
    this.lookSoon_();
  }

  /** @internal */ bury_(dead: number, isAlive: (id: number) => boolean): void {
    this.find_();
    const at = this.notesOf_(dead);
    const record = this.words_[at]!;
    if (record !== 0 && ownAt(this.executor_.memory_!.words_, record) === this.ownOf_(IS_SENDING)) {
      const isOut = channel.isPublished(this.cells_, this.words_[at + 1]!);
      this.tellRecord_(record, isOut ? SENT : SENDS);
    }
    this.words_[at] = 0;
    channel.bury(this.cells_, dead, isAlive);
  }
}

function claimItem(op: Op): unknown {
  return (op.source_ as SharedChannel<unknown>).takeOut_(op.at_);
}
