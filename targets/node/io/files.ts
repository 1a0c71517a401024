/** Files for tasks: libuv's thread pool, or io_uring where that is switched on (backend.ts). */
import { close, open, read, write } from "node:fs";
import type { Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { coded } from "../tool-errors.js";

const PIECE = 65_536;

/**
 * A file that is open; one task uses it at a time.
 *
 * The kernel cannot be told to stop: bytes go through a buffer of the file's own, so that one who gave up waiting has
 * theirs to themselves, and what is asked for next begins when the kernel is done.
 */
export class OpenFile {
  private readonly buffer_ = Buffer.allocUnsafeSlow(PIECE);
  /** Whether the kernel is at work, for {@link waits_} or for one that gave up. */
  private isBusy_ = false;
  private waits_: Op | null = null;
  private next_: (() => void) | null = null;

  /** @internal {@link openFile} makes it. */
  constructor(
    private readonly fd_: number,
    /** As it was opened. */
    readonly path: string,
  ) {}

  /** Reads into `into`, 64 kB at most, at `position` or on from the last; how many bytes, 0 at the end. @throws E440, E445 */
  read(into: Uint8Array, position: number | null = null): Future<number> {
    const op = this.begin_();
    this.start_(() => {
      read(this.fd_, this.buffer_, 0, Math.min(into.length, PIECE), position, (error, count) => {
        const isAwaited = this.waits_ === op;
        if (isAwaited && error === null) into.set(this.buffer_.subarray(0, count));
        this.ended_(op, error, count, "read");
      });
    });
    return op as unknown as Future<number>;
  }

  /** Writes `data`, 64 kB of it at most, at `position` or on from the last; how many bytes. @throws E440, E445 */
  write(data: Uint8Array, position: number | null = null): Future<number> {
    const op = this.begin_();
    this.start_(() => {
      const length = Math.min(data.length, PIECE);
      this.buffer_.set(data.subarray(0, length));
      write(this.fd_, this.buffer_, 0, length, position, (error, count) => {
        this.ended_(op, error, count, "written");
      });
    });
    return op as unknown as Future<number>;
  }

  /** Closes it; it cannot be used any more. */
  close(): void {
    close(this.fd_, () => undefined);
  }

  /** As {@link close}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.close();
  }

  private begin_(): Op {
    if (this.waits_ !== null) throw coded("E440", this.path, "is being used by another task. Use it in one");
    const op = begin(this, dropFile, null);
    this.waits_ = op;
    return op;
  }

  private start_(work: () => void): void {
    if (this.isBusy_) this.next_ = work;
    else {
      this.isBusy_ = true;
      work();
    }
  }

  private ended_(op: Op, error: Error | null, count: number, done: string): void {
    const isAwaited = this.waits_ === op && this.next_ === null;
    const next = this.next_;
    this.next_ = null;
    this.isBusy_ = false;
    if (isAwaited) this.waits_ = null;
    if (isAwaited && error !== null) completeWithError(op, fileError(this.path, `cannot be ${done}`, error));
    else if (isAwaited) complete(op, count);
    if (next !== null) this.start_(next);
  }

  /** @internal */
  leave(): void {
    this.waits_ = null;
    this.next_ = null;
  }
}

/** Opens a file; `flags` as of `fs.open`. @throws E445 */
export function openFile(path: string, flags = "r"): Future<OpenFile> {
  const attempt = { isDropped: false };
  const op = begin(attempt, dropOpen, null);
  open(path, flags, (error, fd) => {
    if (attempt.isDropped) {
      if (error === null) close(fd, () => undefined);
    } else if (error !== null) completeWithError(op, fileError(path, "cannot be opened", error));
    else complete(op, new OpenFile(fd, path));
  });
  return op as unknown as Future<OpenFile>;
}

function dropFile(op: Op): void {
  (op.source_ as OpenFile).leave();
}

function dropOpen(op: Op): void {
  (op.source_ as { isDropped: boolean }).isDropped = true;
}

function fileError(path: string, text: string, error: Error): Error {
  return Object.assign(coded("E445", path, `${text}: ${error.message}`), { cause: error });
}
