import { checked } from "../sync/count.js";
import { ObjectPool } from "./object-pool.js";

/**
 * Blocks of bytes, all of one size, for packets and the like: an {@link ObjectPool} whose objects lie in one buffer, and are
 * as they were given back, not cleared.
 *
 *   buffer  [ block 0 | block 1 | block 2 | ... ]
 *
 * Cost: O(1) each; allocates nothing after construction.
 */
export class BlockPool extends ObjectPool<Uint8Array> {
  private readonly size_: number;

  /** `count` blocks of `size` bytes. @throws E121 unless both are whole numbers of at least 1 */
  constructor(count: number, size: number) {
    const buffer = new ArrayBuffer(checked(count, "pool") * checked(size, "pool", "block size"));
    super(count, (i) => new Uint8Array(buffer, i * size, size));
    this.size_ = size;
  }

  /** Bytes of a block. */
  get blockSize(): number {
    return this.size_;
  }

  protected override indexOf_(block: Uint8Array): number {
    const i = block.byteOffset / this.size_;
    return this.items_[i] === block ? i : -1;
  }
}
