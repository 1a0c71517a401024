import { Channel } from "./channel.js";

/**
 * A {@link Channel} that gives the most urgent item first, and equally urgent ones in the order sent. Senders that wait
 * get in by the order in which they came, however urgent their items are.
 *
 * Layout: the ring of a channel, sorted: a new item goes before those that are less urgent.
 *
 *        head_
 *          |
 *   [ . .  1  1  3  3  5 . . ]      2 is sent: 3, 3 and 5 move one place on
 *
 * Cost: receiving O(1); sending O(items that it overtakes); allocates nothing after construction.
 * Interrupts and cancel: as a channel. A receiver that was woken gets what is most urgent when it runs.
 */
export class PriorityChannel<T> extends Channel<T> {
  /**
   * `compare` is negative when `a` comes before `b`, as for `sort`. It must not throw.
   *
   * @throws E121 unless `capacity` is a whole number of at least 1
   */
  constructor(
    capacity: number,
    private readonly compare_: (a: T, b: T) => number,
  ) {
    super(capacity);
  }

  protected override put_(value: T): void {
    let at = this.count_;
    while (at > 0 && this.compare_(value, this.items_[this.slot_(at - 1)] as T) < 0) at--;
    for (let i = this.count_++; i > at; i--) this.items_[this.slot_(i)] = this.items_[this.slot_(i - 1)];
    this.items_[this.slot_(at)] = value;
  }

  private slot_(i: number): number {
    return (this.head_ + i) % this.capacity_;
  }
}
