/**
 * As native.ts, with what tasks have besides: whoever waits can be told to stop, and leaves its line at once, so that nothing is
 * lost to it; by an `AbortSignal`, which is how Node's own functions are told.
 */

import { Ring } from "./native.js";

/** A function under way that can be stopped, and waited for by anybody; it begins when the others had their turn. */
export class Task<R> {
  readonly result: Promise<R>;
  private readonly stopping = new AbortController();

  constructor(body: (stop: AbortSignal) => Promise<R>) {
    this.result = Promise.resolve(this.stopping.signal).then(body);
  }

  stop(): void {
    this.stopping.abort();
  }
}

/** Those who wait, in the order they came. */
class Line<T> {
  private readonly waiting = new Set<(value: T) => void>();

  /** Waits for {@link wake}. */
  wait(stop: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(goOn);
        reject(stop.reason as Error);
      };
      const goOn = (value: T): void => {
        stop.removeEventListener("abort", leave);
        resolve(value);
      };
      stop.addEventListener("abort", leave);
      this.waiting.add(goOn);
    });
  }

  /** Wakes who came first; false when nobody waits. */
  wake(value: T): boolean {
    for (const goOn of this.waiting) {
      this.waiting.delete(goOn);
      goOn(value);
      return true;
    }
    return false;
  }
}

/** The latest value. */
export class Signal<T> {
  private value: T | undefined;
  private isFull = false;
  private readonly readers = new Line<T>();

  set(value: T): void {
    if (this.readers.wake(value)) return;
    this.value = value;
    this.isFull = true;
  }

  async wait(stop: AbortSignal): Promise<T> {
    stop.throwIfAborted();
    if (!this.isFull) return this.readers.wait(stop);
    this.isFull = false;
    return this.value as T;
  }
}

/** A bounded queue. */
export class Channel<T> {
  private readonly items: Ring<T>;
  private readonly receivers = new Line<T>();
  private readonly senders = new Line<void>();

  constructor(private readonly capacity: number) {
    this.items = new Ring(capacity);
  }

  async send(item: T, stop: AbortSignal): Promise<void> {
    stop.throwIfAborted();
    while (this.items.count === this.capacity) await this.senders.wait(stop);
    if (!this.receivers.wake(item)) this.items.push(item);
  }

  async receive(stop: AbortSignal): Promise<T> {
    stop.throwIfAborted();
    if (this.items.count === 0) return this.receivers.wait(stop);
    const item = this.items.shift();
    this.senders.wake();
    return item;
  }
}
