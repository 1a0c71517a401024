/** Bytes that a task reads from a stream of Node: a socket, or the output of a child process. */
import type { Readable } from "node:stream";
import type { Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { coded } from "../tool-errors.js";

/** Bytes that wait to be read, from which on the sender is slowed down. */
const MANY = 65_536;

/**
 * Chunks wait here until a task takes them. The stream flows until they are many, and again once they are read.
 *
 * One task reads at a time. Cost: one copy, into the reader's buffer; {@link readChunk} makes none.
 */
export class ByteReader {
  private chunks_: Uint8Array[] = [];
  /** Of the first chunk, what was read. */
  private offset_ = 0;
  private held_ = 0;
  private isPaused_ = false;
  private isOver_ = false;
  private error_: unknown = null;
  private waiter_: Op | null = null;

  private readonly source_: Readable;

  /** @internal `source` is a Readable: users may have no types of Node's. */
  constructor(
    source: object,
    private readonly name_: string,
  ) {
    this.source_ = source as Readable;
    this.source_.on("data", (chunk: Uint8Array) => {
      this.chunks_.push(chunk);
      this.held_ += chunk.length;
      if (this.held_ >= MANY) this.pause_();
      this.wake_();
    });
    this.source_.on("end", () => {
      this.end(null);
    });
  }

  /**
   * Waits for bytes and puts them into `into`; how many there were, 0 at the end of the stream.
   *
   * Cancel: nothing is lost. @throws E440 while another task reads, and what broke the stream
   */
  read(into: Uint8Array): Future<number> {
    return this.begin_(claimInto, into) as unknown as Future<number>;
  }

  /** As {@link read}, without a copy: what came in one piece, or null at the end. */
  readChunk(): Future<Uint8Array | null> {
    return this.begin_(claimChunk, null) as unknown as Future<Uint8Array | null>;
  }

  /** @internal No more will come, because of `error` if that is not null. */
  end(error: unknown): void {
    this.isOver_ = true;
    this.error_ ??= error;
    this.wake_();
  }

  private begin_(claim: (op: Op) => unknown, into: Uint8Array | null): Op {
    if (this.waiter_ !== null)
      throw coded("E440", this.name_, "is being read by another task. Read it in one");
    const op = begin(this, dropRead, claim);
    op.rest_ = into;
    this.waiter_ = op;
    this.wake_();
    return op;
  }

  private wake_(): void {
    const op = this.waiter_;
    if (op === null || (this.chunks_.length === 0 && !this.isOver_)) return;
    this.waiter_ = null;
    if (this.chunks_.length === 0 && this.error_ !== null) completeWithError(op, this.error_);
    else complete(op);
  }

  /** @internal Takes `count` bytes at most, out of one chunk. */
  take(count: number): Uint8Array | null {
    const chunk = this.chunks_[0];
    if (chunk === undefined) return null;
    const from = this.offset_;
    const bytes = from === 0 && count >= chunk.length ? chunk : chunk.subarray(from, from + count);
    this.offset_ += bytes.length;
    this.held_ -= bytes.length;
    if (this.offset_ === chunk.length) {
      this.chunks_.shift();
      this.offset_ = 0;
    }
    if (this.isPaused_ && this.held_ < MANY) this.resume_();
    return bytes;
  }

  private pause_(): void {
    this.isPaused_ = true;
    this.source_.pause();
  }

  private resume_(): void {
    this.isPaused_ = false;
    this.source_.resume();
  }

  /** @internal */
  leave(op: Op): void {
    if (this.waiter_ === op) this.waiter_ = null;
  }
}

function claimInto(op: Op): number {
  const into = op.rest_ as Uint8Array;
  let filled = 0;
  while (filled < into.length) {
    const bytes = (op.source_ as ByteReader).take(into.length - filled);
    if (bytes === null) break;
    into.set(bytes, filled);
    filled += bytes.length;
  }
  return filled;
}

function claimChunk(op: Op): Uint8Array | null {
  return (op.source_ as ByteReader).take(Infinity);
}

function dropRead(op: Op): void {
  (op.source_ as ByteReader).leave(op);
}
