import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Future } from "../types.js";
import { CLOSED } from "./channel.js";
import { checked } from "./count.js";
import { append, completeAll, makeWaitList, remove, type WaitList } from "./wait-list.js";

/**
 * Messages for all who subscribed: each subscriber gets each message. Nobody waits to publish. A subscriber that falls
 * behind by more than `capacity` messages loses the oldest, and how many is counted.
 *
 * Layout: a ring of the latest messages, and a count of all that were sent, which wraps to 32 bits. A subscription is
 * the count of the next message that it wants: it costs nothing while nobody asks, and needs no end.
 *
 *                next_ of one         at_: sent_ of them until now
 *                  |                   |
 *   [ older        c      d      e     b ]      one more, and b is lost to those who did not get it
 *
 * Cost: publishing O(tasks woken), receiving O(1); a subscription is made once, and then nothing is allocated. Messages
 * are kept until others take their place.
 * Interrupts: `publish` may be called from anywhere.
 * Cancel: a dropped `receive` leaves the message for the next one.
 */
export class PubSub<T> {
  /** @internal */ readonly items_: (T | undefined)[];
  /** @internal */ at_ = 0;
  /** @internal */ sent_ = 0;
  /** @internal */ closed_ = false;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();
  private readonly capacity_: number;

  /** @throws E121 unless `capacity` is a whole number of at least 1 */
  constructor(capacity: number) {
    this.capacity_ = checked(capacity, "pub-sub");
    this.items_ = new Array<T | undefined>(capacity);
  }

  /** Messages that a subscriber can be behind by, and lose none. */
  get capacity(): number {
    return this.capacity_;
  }

  /** Gives `value` to all who subscribed; false when it is closed, and nothing was sent. */
  publish(value: T): boolean {
    if (this.closed_) return false;
    this.items_[this.at_] = value;
    this.at_ = (this.at_ + 1) % this.capacity_;
    this.sent_ = (this.sent_ + 1) | 0;
    completeAll(this.waiters_, undefined);
    return true;
  }

  /** Makes a subscription to what is published from now on, for one task. */
  subscribe(): Subscription<T> {
    return makeSubscription(this);
  }

  /** Lets no more messages in. Who is behind can still receive them, and then gets {@link CLOSED}. */
  close(): void {
    this.closed_ = true;
    completeAll(this.waiters_, undefined);
  }
}

/** What one task is to get of a {@link PubSub}. */
export class Subscription<T> {
  private next_: number;
  private lagged_ = 0;
  private busy_ = false;

  /** @internal Use `subscribe()`. */
  constructor(/** @internal */ readonly topic_: PubSub<T>) {
    this.next_ = topic_.sent_;
  }

  /** Messages that were lost, since it received too slowly. It counts them when it receives the next one. */
  get lagged(): number {
    return this.lagged_;
  }

  /** Messages that it can receive at once. */
  get length(): number {
    return Math.min(this.behind_(), this.topic_.capacity);
  }

  /**
   * Waits for the next message; {@link CLOSED} once there are no more. @throws E128 while another task receives from it
   */
  receive(): Future<T | typeof CLOSED> {
    if (this.busy_) {
      fail(
        "E128",
        "subscription",
        DEV && "two tasks receive from it at once. Subscribe once for each of them",
      );
    }
    const op = begin(this, DROPS && dropReceive, claimReceive);
    this.busy_ = true;
    if (this.topic_.closed_ || this.behind_() > 0) complete(op);
    else append(this.topic_.waiters_, op);
    return op as unknown as Future<T | typeof CLOSED>;
  }

  /** @internal */ free_(): void {
    this.busy_ = false;
  }

  /** @internal */ claim_(): T | typeof CLOSED {
    this.busy_ = false;
    const topic = this.topic_;
    const behind = this.behind_();
    if (behind === 0) return CLOSED;
    const count = this.length;
    this.lagged_ += behind - count;
    this.next_ = (this.next_ + behind - count + 1) | 0;
    return topic.items_[(topic.at_ - count + topic.capacity) % topic.capacity] as T;
  }

  private behind_(): number {
    return (this.topic_.sent_ - this.next_) >>> 0;
  }
}

function makeSubscription<T>(topic: PubSub<T>): Subscription<T> {
  return new Subscription(topic);
}

function claimReceive(op: Op): unknown {
  return (op.source_ as Subscription<unknown>).claim_();
}

function dropReceive(op: Op, state: number): void {
  const subscription = op.source_ as Subscription<unknown>;
  if (state === PENDING) remove(subscription.topic_.waiters_, op);
  subscription.free_();
}
