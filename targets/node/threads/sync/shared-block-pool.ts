import type { Future } from "../../../../core/index.js";
import { checked } from "../../../../core/sync/count.js";
import { coded } from "../../tool-errors.js";
import * as channel from "../lock-free/channel.js";
import type { TaskTable } from "../tasks/table.js";
import { storeInt } from "./cargo.js";
import { atMost } from "./limits.js";
import { SharedChannel } from "./shared-channel.js";

/** States of a block. */
const FREE = 0;
const LENT = 1;

/** Blocks begin at lines of the cache. */
const LINE = 64;

/**
 * Blocks of bytes that all threads see, lent by number: a number goes through a {@link SharedChannel}, is kept by a shared task,
 * and the bytes are copied nowhere. Of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const blocks = new SharedBlockPool(32, 4096);
 * const full = new SharedChannel<number>(32);
 *
 * const block = await blocks.borrow();      const block = await full.receive();
 * fill(blocks.bytes(block));                if (block !== CLOSED) use(blocks.bytes(block));
 * await full.send(block);                   blocks.giveBack(block);
 * ```
 *
 * One task fills a block, and hands it on. Blocks are as they were given back, not cleared. A block belongs to nobody: one that a
 * worker had when it died stays lent until somebody gives it back.
 *
 * Layout: the numbers of free blocks in a channel; a word of each block, whether it is lent; their bytes.
 * Cost: O(1) each; the bytes of a block are one object for each thread, made at its first use. Nothing else is allocated.
 * Cancel: a dropped `borrow` takes nothing.
 */
export class SharedBlockPool {
  private readonly free_: FreeBlocks;

  /** `count` blocks of `size` bytes. @throws E121 unless both are whole numbers of at least 1; E449 when there are too many */
  constructor(count: number, size: number) {
    this.free_ = new FreeBlocks(checked(count, "pool"), checked(size, "pool", "block size"));
  }

  /** Blocks of the pool. */
  get capacity(): number {
    return this.free_.capacity;
  }

  /** Bytes of a block. */
  get blockSize(): number {
    return this.free_.size;
  }

  /** Blocks that nobody has, as far as can be known. @throws E446 where no threads share it */
  get available(): number {
    return this.free_.length;
  }

  /** Waits for a block that is free: its number. @throws E446 where no threads share it */
  borrow(): Future<number> {
    return this.free_.receive() as Future<number>;
  }

  /** A block that is free now; null when there is none, or tasks of this thread wait for one. @throws E446 as {@link borrow} */
  tryBorrow(): number | null {
    return this.free_.tryReceive();
  }

  /** The bytes of `block`, on every thread the same. @throws E182 when there is no such block, E446 as {@link borrow} */
  bytes(block: number): Uint8Array {
    return this.free_.bytes(block);
  }

  /** Gives a block back, once. @throws E181 when nobody has it, E182 and E446 as {@link bytes} */
  giveBack(block: number): void {
    this.free_.giveBack(block);
  }
}

/** The numbers of free blocks, and behind them the blocks. */
class FreeBlocks extends SharedChannel {
  private views_: (Uint8Array | undefined)[] = [];

  constructor(
    count: number,
    readonly size: number,
  ) {
    atMost(channel.MOST_CELLS, count, "pool", "capacity");
    super(count, {}, "pool");
  }

  /** The word that says whether `block` is lent. @throws E182 */
  private lentAt_(block: number): number {
    this.find_();
    if ((block | 0) === block && block >= 0 && block < this.capacity)
      return this.at_ + super.size_(this.table_.threads) + block;
    const text = `there is no block ${String(block)} of its ${this.capacity}. Give back what it lent`;
    throw coded("E182", "pool", text);
  }

  bytes(block: number): Uint8Array {
    const lent = this.lentAt_(block);
    return (this.views_[block] ??= this.viewOf_(lent - block, block));
  }

  private viewOf_(firstLent: number, block: number): Uint8Array {
    const first = toLine(4 * (firstLent + this.capacity));
    return new Uint8Array(this.table_.buffer, first + block * toLine(this.size), this.size);
  }

  giveBack(block: number): void {
    const lent = this.lentAt_(block);
    if (Atomics.compareExchange(this.words_, lent, LENT, FREE) !== LENT) {
      const text = `block ${block} is given back twice. Only who borrowed it, or was handed it, gives it back, once`;
      throw coded("E181", "pool", text);
    }
    this.sendToBag_(block);
  }

  protected override taken_(block: unknown): void {
    Atomics.store(this.words_, this.lentAt_(block as number), LENT);
  }

  protected override found_(): void {
    super.found_();
    this.views_ = [];
  }

  /** @internal */ override size_(threads: number): number {
    return super.size_(threads) + this.capacity + (LINE + this.capacity * toLine(this.size)) / 4;
  }

  /** @internal All blocks are free. */
  override fill_({ words }: TaskTable, at: number): void {
    const cells = { words, at, capacity: this.capacity };
    for (let block = 0; block < this.capacity; block++) {
      const index = channel.cellAt(cells, channel.claimToFill(cells, 0));
      storeInt(words, index + channel.TAG, index + channel.VALUE, block);
      channel.publish(cells, block);
    }
  }
}

function toLine(bytes: number): number {
  return LINE * Math.ceil(bytes / LINE);
}
