import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS, RACES } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, irrevocable, type Op } from "../op.js";
import type { Future } from "../types.js";
import { checked } from "./count.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/**
 * A stream of bytes between tasks, with back-pressure. Transfers are partial: a `write` waits until there is room for
 * one byte and writes what fits, a `read` waits for one byte and gives what is there. A loop does the rest:
 *
 *   for (let at = 0; at < line.length && !pipe.isClosed; ) at += await pipe.write(line, at);
 *
 * Layout: a ring of bytes. Of those inside, `promised_` are spoken for by woken readers that have not run yet, one each.
 *
 *         head_      head_ + count_
 *           |            |
 *   [ . .   a  b  c  d   . . . ]      readers_ wait only while every byte is promised, writers_ only while it is full
 *
 * Cost: O(bytes moved); allocates nothing after construction.
 * Interrupts: `tryWrite` and `tryRead` may be called from anywhere.
 * Cancel: a dropped `read` takes nothing; a dropped `write` that still waits writes nothing. The bytes of a `write` that
 * waits must not change meanwhile.
 */
export class Pipe {
  private readonly bytes_: Uint8Array;
  private head_ = 0;
  private count_ = 0;
  /** @internal */ promised_ = 0;
  private closed_ = false;
  /** @internal */ readonly readers_: WaitList = makeWaitList();
  /** @internal */ readonly writers_: WaitList = makeWaitList();

  /** @throws E121 unless `capacity` is a whole number of at least 1 */
  constructor(capacity: number) {
    this.bytes_ = new Uint8Array(checked(capacity, "pipe"));
  }

  /** Bytes that it holds at most. */
  get capacity(): number {
    return this.bytes_.length;
  }

  /** Bytes inside. */
  get length(): number {
    return this.count_;
  }

  /** Whether no more bytes can be written. */
  get isClosed(): boolean {
    return this.closed_;
  }

  /**
   * Waits for room, writes as many of the bytes of `from` from `start` up to `end` as fit, and gives how many; 0 when the
   * pipe is closed, or there is nothing to write. @throws E129 when there is no such range
   */
  write(from: Uint8Array, start = 0, end = from.length): Future<number> {
    checkRange(from, start, end);
    const op = begin(this, DROPS && dropWrite, null);
    if (this.closed_ || this.count_ < this.capacity || start === end) {
      if (RACES && start < end && !this.closed_) op.drop_ = irrevocable;
      complete(op, this.tryWrite(from, start, end));
    } else {
      file(op, from, start, end);
      append(this.writers_, op);
    }
    return op as unknown as Future<number>;
  }

  /** Writes what fits now, and gives how many bytes. @throws E129 as {@link write} */
  tryWrite(from: Uint8Array, start = 0, end = from.length): number {
    checkRange(from, start, end);
    const count = this.closed_ ? 0 : this.put_(from, start, end);
    this.offer_();
    return count;
  }

  /**
   * Waits for bytes, moves as many as fit to `into` from `start` up to `end`, and gives how many; 0 once the pipe is closed
   * and empty, or when there is no place for any. @throws E129 when there is no such range
   */
  read(into: Uint8Array, start = 0, end = into.length): Future<number> {
    checkRange(into, start, end);
    const op = begin(this, DROPS && dropRead, claimRead);
    file(op, into, start, end);
    if (start === end) finish(op);
    else append(this.readers_, op);
    this.offer_();
    return op as unknown as Future<number>;
  }

  /** Moves what is there now, but what is promised to others, and gives how many bytes. @throws E129 as {@link read} */
  tryRead(into: Uint8Array, start = 0, end = into.length): number {
    checkRange(into, start, end);
    return this.take_(into, start, end);
  }

  /** Lets no more bytes in. What is inside can still be read; tasks that wait to write get 0. */
  close(): void {
    this.closed_ = true;
    for (let op = shift(this.writers_); op !== null; op = shift(this.writers_)) complete(op, 0);
    this.offer_();
  }

  /** Wakes readers for bytes that are not promised yet; all of them once none can come, nor be given back. */
  /** @internal */ offer_(): void {
    const isOver = this.closed_ && this.count_ === 0;
    while (this.readers_.head_ !== null && (this.promised_ < this.count_ || isOver)) {
      const op = shift(this.readers_)!;
      if (isOver) finish(op);
      else {
        this.promised_++;
        complete(op, op.value_);
      }
    }
  }

  /** What a woken reader gets: all but what is promised to others. */
  /** @internal */ claim_(op: Op): number {
    this.promised_--;
    return this.take_(op.value_ as Uint8Array, op.at_, op.rest_ as number);
  }

  private put_(from: Uint8Array, start: number, end: number): number {
    const length = this.bytes_.length;
    const count = Math.min(end - start, length - this.count_);
    let at = (this.head_ + this.count_) % length;
    for (let i = start; i < start + count; i++) {
      this.bytes_[at++] = from[i]!;
      if (at === length) at = 0;
    }
    this.count_ += count;
    return count;
  }

  /** Takes bytes out, has writers fill the room, and tells readers of what they wrote. */
  private take_(into: Uint8Array, start: number, end: number): number {
    const length = this.bytes_.length;
    const count = Math.min(end - start, this.count_ - this.promised_);
    for (let i = start; i < start + count; i++) {
      into[i] = this.bytes_[this.head_++]!;
      if (this.head_ === length) this.head_ = 0;
    }
    this.count_ -= count;
    while (this.count_ < length && this.writers_.head_ !== null) {
      const op = shift(this.writers_)!;
      complete(op, this.put_(op.value_ as Uint8Array, op.at_, op.rest_ as number));
    }
    this.offer_();
    return count;
  }
}

/** Notes the range of an operation. */
function file(op: Op, bytes: Uint8Array, start: number, end: number): void {
  op.value_ = bytes;
  op.at_ = start;
  op.rest_ = end;
}

/** Ends a read of nothing. */
function finish(op: Op): void {
  op.claim_ = null;
  complete(op, 0);
}

function checkRange(bytes: Uint8Array, start: number, end: number): void {
  if (start >= 0 && start <= end && end <= bytes.length && start % 1 === 0 && end % 1 === 0) return;
  fail(
    "E129",
    "pipe",
    DEV && "from " + start + " up to " + end + " is no range of " + bytes.length + " bytes",
  );
}

function claimRead(op: Op): unknown {
  return (op.source_ as Pipe).claim_(op);
}

function dropRead(op: Op, state: number): void {
  const pipe = op.source_ as Pipe;
  if (state === PENDING) remove(pipe.readers_, op);
  else {
    pipe.promised_--;
    pipe.offer_();
  }
}

function dropWrite(op: Op): void {
  remove((op.source_ as Pipe).writers_, op);
}
