/**
 * The run queue: ready slots as bits, polled in batches, in slot order (docs/adr/0003).
 *
 *   ready_  . . 1 . 1 .   filled by wakes
 *   batch_  1 . . . . 1   emptied by `next`, lowest slot first; refilled from ready_ only when empty
 *
 * A slot that becomes ready during a batch waits for the next one, so a task that wakes itself cannot starve
 * another: with n slots, every ready task is polled within n polls.
 */
export class RunQueue {
  private ready_: Int32Array;
  private batch_: Int32Array;
  /** Words below this one hold no bit of the batch. */
  private at_ = 0;
  private size_ = 0;
  private left_ = 0;

  constructor(slots: number) {
    const words = (slots + 31) >> 5;
    this.ready_ = new Int32Array(words);
    this.batch_ = new Int32Array(words);
  }

  /** Slots that are ready, those of the running batch included. */
  get length(): number {
    return this.size_ + this.left_;
  }

  /** Slots of the batch that are not polled yet. */
  get left(): number {
    return this.left_;
  }

  /** Makes `slot` ready for the next batch; it must not be ready already. Cost: O(1). */
  add(slot: number): void {
    const word = slot >> 5;
    this.ready_[word] = this.ready_[word]! | (1 << (slot & 31));
    this.size_++;
  }

  /** Starts a batch of all that is ready; false when there is nothing. The former batch must be empty. */
  takeBatch(): boolean {
    const empty = this.batch_;
    this.batch_ = this.ready_;
    this.ready_ = empty;
    this.left_ = this.size_;
    this.size_ = 0;
    this.at_ = 0;
    return this.left_ > 0;
  }

  /** The next slot of the batch, or -1. Cost: one word for each 32 slots that are not ready. */
  next(): number {
    if (this.left_ === 0) return -1;
    let bits = this.batch_[this.at_]!;
    while (bits === 0) bits = this.batch_[++this.at_]!;
    this.batch_[this.at_] = bits & (bits - 1);
    this.left_--;
    return (this.at_ << 5) + lowestBit(bits);
  }
}

/** The index of the lowest set bit. ES5 has no clz32: five comparisons, each halving what is left. */
function lowestBit(bits: number): number {
  let index = 0;
  if ((bits & 0xffff) === 0) index = 16;
  if (((bits >>> index) & 0xff) === 0) index += 8;
  if (((bits >>> index) & 0xf) === 0) index += 4;
  if (((bits >>> index) & 3) === 0) index += 2;
  return ((bits >>> index) & 1) === 0 ? index + 1 : index;
}
