/** Shared tasks, tasks of the main thread and others that use all that threads share. */
import { CLOSED, ms, select, sleep, task, yieldNow } from "dormouse";
import {
  SharedBarrier,
  SharedBlockPool,
  SharedChannel,
  SharedEvent,
  SharedLatch,
  SharedMutex,
  SharedWatch,
} from "dormouse/node";

export const numbers = new SharedChannel<number>(4);
export const answers = new SharedChannel<number>(4);
export const orders = new SharedChannel<{ readonly id: number; readonly tags: readonly string[] }>(3, {
  bytes: 200,
});
export const lock = new SharedMutex();
/** Who has the lock finds this one free. */
const inside = new SharedMutex();
export const meeting = new SharedBarrier(6);
export const start = new SharedEvent();
export const done = new SharedLatch(20);
export const config = new SharedWatch<{ readonly gain: number }>({ gain: 1 }, { bytes: 100 });
export const level = new SharedWatch<number>(0);
export const blocks = new SharedBlockPool(5, 1000);
export const full = new SharedChannel<number>(5);

/** Sends `count` numbers from `first` on. */
export const produce = task(
  async (first: number, count: number) => {
    for (let i = 0; i < count; i++) {
      if (!(await numbers.send(first + i))) return i;
      if (i % 7 === 0) await yieldNow();
    }
    return count;
  },
  { pool: 20, shared: true },
);

/** Doubles what comes. */
export const double = task(
  async () => {
    let count = 0;
    for (;;) {
      const n = await numbers.receive();
      if (n === CLOSED) return count;
      count++;
      await answers.send(2 * n);
    }
  },
  { pool: 20, shared: true },
);

/** Sums up what comes, until no more does. */
export const total = task(
  async () => {
    let sum = 0;
    for await (const n of numbers) {
      if (n % 9 === 0) await yieldNow();
      sum += n;
    }
    return sum;
  },
  { pool: 20, shared: true },
);

/** Sums up `count` answers; each only for a moment at a time. */
export const sum = task(
  async (count: number) => {
    let total = 0;
    for (let i = 0; i < count;) {
      const first = await select({ answer: answers.receive(), late: sleep(ms(1)) });
      if (first.arm === "late") continue;
      if (first.value === CLOSED) return -1;
      i++;
      total += first.value;
    }
    return total;
  },
  { pool: 20, shared: true },
);

/** How often somebody else was inside, while `times` times the lock was held over a wait. */
export const guarded = task(
  async (times: number) => {
    let met = 0;
    for (let i = 0; i < times; i++) {
      await lock.lock();
      try {
        if (inside.tryLock() !== null) {
          if (i % 10 === 9) await sleep(ms(1));
          else await yieldNow();
          inside.release();
        } else met++;
      } finally {
        lock.release();
      }
    }
    return met;
  },
  { pool: 60, shared: true },
);

/** Meets the others so many times; how often it was the leader. */
export const party = task(
  async (rounds: number) => {
    let led = 0;
    for (let i = 0; i < rounds; i++) if (await meeting.wait()) led++;
    return led;
  },
  { pool: 6, shared: true },
);

/** Waits for the start, and says that it has. */
export const runner = task(
  async () => {
    await start.wait();
    done.countDown();
    await done.wait();
    return true;
  },
  { pool: 20, shared: true },
);

/** Follows the level until it is negative; the last one before. */
export const follow = task(
  async () => {
    let last = 0;
    for (let seen = 0; ;) {
      seen = await level.changed(seen);
      const now = level.value;
      if (now < 0) return last;
      if (now < last) return -1;
      last = now;
    }
  },
  { pool: 10, shared: true },
);

/** Waits for a gain above 1. */
export const gain = task(
  async () => {
    for (let seen = 0; ;) {
      seen = await config.changed(seen);
      if (config.value.gain > 1) return config.value.gain;
    }
  },
  { pool: 10, shared: true },
);

/** Fills `count` blocks, each with one byte. */
export const fillBlocks = task(
  async (count: number) => {
    for (let i = 0; i < count; i++) {
      const block = await blocks.borrow();
      blocks.bytes(block).fill(i & 255);
      await full.send(block);
    }
    return count;
  },
  { pool: 4, shared: true },
);

function isMixed(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte !== bytes[0]);
}

/** How many of `count` blocks were not of one byte all through. */
export const checkBlocks = task(
  async (count: number) => {
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const block = await full.receive();
      if (block === CLOSED) return -1;
      if (isMixed(blocks.bytes(block))) bad++;
      blocks.giveBack(block);
    }
    return bad;
  },
  { pool: 4, shared: true },
);

/** Adds 1 to each number that comes, and answers; waits to send as well as to receive. */
export const relay = task(
  async () => {
    for (let count = 0; ; count++) {
      const n = await numbers.receive();
      if (n === CLOSED) return count;
      await yieldNow();
      await answers.send(n + 1);
    }
  },
  { pool: 20, shared: true },
);

/** Waits for a number, and for another one meanwhile; gives both up after a moment, again and again. */
export const fickle = task(
  async (rounds: number) => {
    let got = 0;
    for (let i = 0; i < rounds; i++) {
      const one = numbers.receive();
      const first = await select({ one, late: sleep(ms(1)) });
      if (first.arm === "late" || first.value === CLOSED) continue;
      got++;
      await answers.send(first.value + 1);
    }
    return got;
  },
  { pool: 20, shared: true },
);

/** Waits `count` times for what is there at once; the sum of what it received. */
export const quick = task(
  async (count: number) => {
    let total = 0;
    for (let i = 0; i < count; i++) {
      await lock.lock();
      await numbers.send(i);
      const n = await numbers.receive();
      if (n !== CLOSED) total += n;
      lock.release();
    }
    return total;
  },
  { pool: 4, shared: true },
);

/** Keeps the lock until it is cancelled. */
export const keeper = task(
  async () => {
    await lock.lock();
    try {
      await sleep(ms(1_000_000));
    } finally {
      lock.release();
    }
  },
  { pool: 4, shared: true },
);

function forever(n: number): number {
  for (;;) if (n < 0) return n;
}

/** Takes the lock, and hangs. */
export const hog = task(
  async (n: number) => {
    await lock.lock();
    return forever(n);
  },
  { shared: true },
);

/** Of its own thread: sends 0 to `count` - 1. */
export const feed = task(async (count: number) => {
  for (let i = 0; i < count; i++) await numbers.send(i);
});

/** Of its own thread: all answers, until there are none any more. */
export const collect = task(async (got: number[]) => {
  for (;;) {
    const n = await answers.receive();
    if (n === CLOSED) return;
    got.push(n);
  }
});

/** Of its own thread: receives orders, and notes their ids and tags. */
export const clerk = task(async (notes: string[], count: number) => {
  while (notes.length < count) {
    const order = await orders.receive();
    if (order === CLOSED) return;
    notes.push(`${order.id} ${order.tags.join("+")}`);
  }
});

/** Sends orders `from` on. */
export const ordering = task(
  async (from: number, count: number) => {
    for (let i = 0; i < count; i++) await orders.send({ id: from + i, tags: ["a", `b${i}`] });
    return count;
  },
  { pool: 4, shared: true },
);

export default function main(): void {}
