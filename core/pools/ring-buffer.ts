import { checked } from "../sync/count.js";

/**
 * The last items of a stream, oldest first, in storage of one size; nothing in it waits. Between tasks a `Channel` does.
 *
 *          head_               head_ + count_
 *            |                    |
 *   [ . .    a    b    c    d     . . ]
 *
 * Cost: O(1) each; allocates nothing after construction.
 * Interrupts: all of it may be called from anywhere.
 */
export class RingBuffer<T> {
  protected readonly items_: { [i: number]: T | undefined };
  protected readonly capacity_: number;
  protected head_ = 0;
  protected count_ = 0;

  /** @throws E121 unless `capacity` is a whole number of at least 1 */
  constructor(capacity: number) {
    this.capacity_ = checked(capacity, "ring buffer");
    this.items_ = this.storage_(capacity);
  }

  /** Items that it holds at most. */
  get capacity(): number {
    return this.capacity_;
  }

  /** Items inside. */
  get length(): number {
    return this.count_;
  }

  /** Puts `value` last; false when it is full. */
  push(value: T): boolean {
    if (this.count_ === this.capacity_) return false;
    this.items_[this.place_(this.count_++)] = value;
    return true;
  }

  /** Puts `value` last, in the place of the oldest when it is full; whether one was lost. */
  overwrite(value: T): boolean {
    const isLost = this.count_ === this.capacity_;
    if (isLost) this.shift();
    this.push(value);
    return isLost;
  }

  /** Takes the oldest item out; undefined when there is none. */
  shift(): T | undefined {
    if (this.count_ === 0) return undefined;
    const value = this.items_[this.head_];
    this.items_[this.head_] = undefined;
    this.head_ = this.place_(1);
    this.count_--;
    return value;
  }

  /** The `i`th item, 0 the oldest; undefined when there are not so many. */
  at(i: number): T | undefined {
    return i >= 0 && i < this.count_ ? this.items_[this.place_(i)] : undefined;
  }

  /** Takes all items out. */
  clear(): void {
    while (this.count_ > 0) this.shift();
  }

  protected storage_(capacity: number): { [i: number]: T | undefined } {
    return new Array<T | undefined>(capacity);
  }

  private place_(i: number): number {
    return (this.head_ + i) % this.capacity_;
  }
}

/** A {@link RingBuffer} of bytes: a byte each. Between tasks a `Pipe` waits. */
export class ByteRing extends RingBuffer<number> {
  /** Puts as many of the bytes of `from` last as fit, and gives how many. Cost: O(bytes). */
  write(from: Uint8Array): number {
    let i = 0;
    while (i < from.length && this.push(from[i]!)) i++;
    return i;
  }

  /** Moves as many bytes as fit to `into`, and gives how many. Cost: O(bytes). */
  read(into: Uint8Array): number {
    let i = 0;
    while (i < into.length && this.count_ > 0) into[i++] = this.shift()!;
    return i;
  }

  protected override storage_(capacity: number): { [i: number]: number | undefined } {
    return new Uint8Array(capacity);
  }
}
