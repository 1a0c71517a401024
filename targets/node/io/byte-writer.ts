/** Bytes that a task writes to a stream of Node. */
import type { Writable } from "node:stream";
import type { Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { append, makeWaitList, remove, shift } from "../../../core/sync/wait-list.js";

/** Writes are done in order; each waits until the kernel has its bytes. */
export class ByteWriter {
  private readonly waiters_ = makeWaitList();
  private begun_ = 0;
  private done_ = 0;
  private error_: unknown = null;

  private readonly sink_: Writable;

  /** @internal `sink` is a Writable: users may have no types of Node's. */
  constructor(sink: object) {
    this.sink_ = sink as Writable;
  }

  /**
   * Writes `data`, all of it, and waits until its buffer may be used again: not at all where the kernel takes it at once.
   *
   * Cancel: what was begun is written all the same, and the buffer used until then.
   */
  write(data: Uint8Array | string): Future<void> {
    const op = begin(this, dropWrite, null);
    if (this.error_ !== null) completeWithError(op, this.error_);
    else {
      const number = ++this.begun_;
      this.sink_.write(data, this.flushed_);
      if (this.sink_.writableLength === 0) complete(op);
      else this.wait_(op, number);
    }
    return op as unknown as Future<void>;
  }

  /** Writes what was begun, says that no more will come, and waits until the kernel has it. */
  end(): Future<void> {
    const op = begin(this, dropWrite, null);
    if (this.error_ !== null) completeWithError(op, this.error_);
    else if (this.sink_.writableFinished) complete(op);
    else {
      const number = ++this.begun_;
      this.sink_.end(this.flushed_);
      this.wait_(op, number);
    }
    return op as unknown as Future<void>;
  }

  /** @internal Nothing can be written any more. */
  fail(error: unknown): void {
    this.error_ ??= error;
    for (let op = shift(this.waiters_); op !== null; op = shift(this.waiters_))
      completeWithError(op, this.error_);
  }

  /** @internal */
  leave(op: Op): void {
    remove(this.waiters_, op);
  }

  private wait_(op: Op, number: number): void {
    op.at_ = number;
    append(this.waiters_, op);
  }

  /** Called once for each write, in order. */
  private readonly flushed_ = (): void => {
    this.done_++;
    for (let op = this.waiters_.head_; op !== null && op.at_ <= this.done_; op = this.waiters_.head_) {
      shift(this.waiters_);
      complete(op);
    }
  };
}

function dropWrite(op: Op): void {
  (op.source_ as ByteWriter).leave(op);
}
