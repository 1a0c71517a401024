import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import { runningTask } from "../tasks/port.js";
import type { Future } from "../types.js";
import { failUnlocked, type Guard } from "./guard.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/** What engines know resources by; ES5's library does not know the word. */
declare const Symbol: { readonly dispose: unique symbol };

/**
 * A lock that many tasks may have to read, or one to write. Writers come first, and starve nobody:
 *
 *   a reader waits    while one writes, and while one waits to write
 *   a writer waits    for those who read now, and for writers before it; between two writers all get in
 *                     who waited to read when the first one ended
 *
 * Layout: counts; the guard is the lock itself. Who was woken counts as one that has the lock before it runs.
 *
 *   readers_ + promised_ > 0   some read                    writing_   one writes: writer_, once it runs
 *   readersWaiting_            empty while nobody writes or waits to write
 *   writersWaiting_            empty while the lock is free
 *
 * Cost: O(1) each, and O(tasks woken) of a release; allocates nothing.
 * Interrupts: `tryRead` and `tryWrite` may be called from anywhere, but who locks there must release before it ends.
 * Cancel: a dropped wait takes nothing; what it was given already goes on to the next, as by `release`.
 */
export class RwLock implements Guard {
  private readers_ = 0;
  /** @internal */ promised_ = 0;
  private writing_ = false;
  private writer_: unknown = undefined;
  /** @internal */ readonly readersWaiting_: WaitList = makeWaitList();
  /** @internal */ readonly writersWaiting_: WaitList = makeWaitList();

  /** Tasks that read now. */
  get readers(): number {
    return this.readers_ + this.promised_;
  }

  /** Whether a task has it for writing. */
  get isWriting(): boolean {
    return this.writing_;
  }

  /** Waits for the lock, to share it with others that read. */
  read(): Future<Guard> {
    const op = begin(this, DROPS && dropRead, claimRead);
    append(this.readersWaiting_, op);
    this.admitReaders_();
    return op as unknown as Future<Guard>;
  }

  /** Waits for the lock, to have it alone. A task that has it already, to read or to write, waits for itself. */
  write(): Future<Guard> {
    const op = begin(this, DROPS && dropWrite, claimWrite);
    append(this.writersWaiting_, op);
    this.admitWriter_();
    return op as unknown as Future<Guard>;
  }

  /** As `read` if that would not wait; else null. */
  tryRead(): Guard | null {
    if (this.writing_ || this.writersWaiting_.head_ !== null) return null;
    this.promised_++;
    return this.beginRead_();
  }

  /** As `write` if that would not wait; else null. */
  tryWrite(): Guard | null {
    if (this.writing_ || this.readers > 0) return null;
    this.writing_ = true;
    return this.beginWrite_();
  }

  /** Ends what `read` or `write` began. @throws E122 when nobody has the lock, or another task to write */
  release(): void {
    if (this.readers_ > 0) {
      this.readers_--;
      this.admitWriter_();
    } else if (this.writing_ && this.writer_ === runningTask()) this.endWrite_();
    else failUnlocked("rw-lock", this.writing_);
  }

  /** As {@link release}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** @internal */ beginRead_(): Guard {
    this.promised_--;
    this.readers_++;
    return this;
  }

  /** @internal */ beginWrite_(): Guard {
    this.writer_ = runningTask();
    return this;
  }

  /** All who wait to read have their turn, or else the next writer. */
  /** @internal */ endWrite_(): void {
    this.writer_ = undefined;
    this.writing_ = false;
    if (this.readersWaiting_.head_ === null) this.admitWriter_();
    else this.wakeReaders_();
  }

  /** @internal */ admitReaders_(): void {
    if (!this.writing_ && this.writersWaiting_.head_ === null) this.wakeReaders_();
  }

  /** @internal */ admitWriter_(): void {
    if (this.writing_ || this.readers > 0) return;
    const op = shift(this.writersWaiting_);
    if (op === null) return;
    this.writing_ = true;
    complete(op);
  }

  private wakeReaders_(): void {
    for (let op = shift(this.readersWaiting_); op !== null; op = shift(this.readersWaiting_)) {
      this.promised_++;
      complete(op);
    }
  }
}

function claimRead(op: Op): unknown {
  return (op.source_ as RwLock).beginRead_();
}

function claimWrite(op: Op): unknown {
  return (op.source_ as RwLock).beginWrite_();
}

function dropRead(op: Op, state: number): void {
  const lock = op.source_ as RwLock;
  if (state === PENDING) remove(lock.readersWaiting_, op);
  else {
    lock.promised_--;
    lock.admitWriter_();
  }
}

function dropWrite(op: Op, state: number): void {
  const lock = op.source_ as RwLock;
  if (state !== PENDING) lock.endWrite_();
  else {
    remove(lock.writersWaiting_, op);
    lock.admitReaders_();
  }
}
