/** What Node programs put together from promises where ours have signals, channels, locks and timers. */

/** The latest value, for one reader. */
export class Signal<T> {
  private value: T | undefined;
  private isFull = false;
  private wake: ((value: T) => void) | undefined;

  set(value: T): void {
    const { wake } = this;
    if (wake === undefined) {
      this.value = value;
      this.isFull = true;
      return;
    }
    this.wake = undefined;
    wake(value);
  }

  wait(): Promise<T> {
    if (this.isFull) {
      this.isFull = false;
      return Promise.resolve(this.value as T);
    }
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

/** A bounded queue; promises in a ring, so that nothing is moved. */
export class Channel<T> {
  private readonly items: Ring<T>;
  private readonly receivers = new Ring<(item: T) => void>(8);
  private readonly senders = new Ring<() => void>(8);

  constructor(private readonly capacity: number) {
    this.items = new Ring(capacity);
  }

  async send(item: T): Promise<void> {
    while (this.items.count === this.capacity) {
      await new Promise<void>((resolve) => {
        this.senders.push(resolve);
      });
    }
    if (this.receivers.count > 0) this.receivers.shift()(item);
    else this.items.push(item);
  }

  receive(): Promise<T> {
    if (this.items.count === 0) {
      return new Promise((resolve) => {
        this.receivers.push(resolve);
      });
    }
    const item = this.items.shift();
    if (this.senders.count > 0) this.senders.shift()();
    return Promise.resolve(item);
  }
}

/** Permits, first come, first served. */
export class Semaphore {
  private readonly waiters = new Ring<() => void>(8);

  constructor(private permits: number) {}

  acquire(): Promise<void> {
    if (this.permits > 0) {
      this.permits--;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.waiters.push(resolve);
    });
  }

  release(): void {
    if (this.waiters.count > 0) this.waiters.shift()();
    else this.permits++;
  }
}

/** A sleep that can be given up. */
export interface Sleeping {
  readonly over: Promise<void>;
  giveUp(): void;
}

/** Starts to sleep. */
export function startSleep(milliseconds: number): Sleeping {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return {
    over,
    giveUp() {
      clearTimeout(timer);
    },
  };
}

/** A queue of so many places, in which nothing is moved. */
export class Ring<T> {
  count = 0;
  private first = 0;
  private readonly places: (T | undefined)[];

  constructor(readonly size: number) {
    this.places = new Array<T | undefined>(size).fill(undefined);
  }

  push(item: T): void {
    this.places[(this.first + this.count++) % this.size] = item;
  }

  shift(): T {
    const item = this.places[this.first] as T;
    this.places[this.first] = undefined;
    this.first = (this.first + 1) % this.size;
    this.count--;
    return item;
  }
}
