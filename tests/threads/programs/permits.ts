/** Shared tasks, tasks of the main thread and others that all want the same permits. */
import { ms, select, sleep, task, yieldNow } from "dormouse";
import { SharedSemaphore } from "dormouse/node";

export const lock = new SharedSemaphore(1);
/** Who has the lock finds this one free. */
const inside = new SharedSemaphore(1);
export const desks = new SharedSemaphore(3);
const seats = new SharedSemaphore(3);

/** How often somebody else was inside, while `times` times the lock was held over a wait. */
export const guarded = task(
  async (times: number) => {
    let met = 0;
    for (let i = 0; i < times; i++) {
      await lock.acquire();
      try {
        if (inside.tryAcquire()) {
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

/** The same of three desks, for which it waits a moment at a time; how often it went without. */
export const patient = task(
  async (times: number) => {
    let met = 0;
    for (let i = 0; i < times;) {
      const first = await select({ desk: desks.acquire(), late: sleep(ms(1)) });
      if (first.arm === "late") continue;
      i++;
      if (seats.tryAcquire()) {
        await yieldNow();
        seats.release();
      } else met++;
      desks.release();
    }
    return met;
  },
  { pool: 60, shared: true },
);

/** Takes the lock, and keeps it until it is cancelled. */
export const keeper = task(
  async () => {
    await lock.acquire();
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
    await lock.acquire();
    return forever(n);
  },
  { shared: true },
);

/** Takes a permit once, and gives it back. */
export const once = task(
  async () => {
    await lock.acquire();
    lock.release();
    return true;
  },
  { pool: 60, shared: true },
);

/** Of its own thread: how often it had the lock. */
export const local = task(async (counts: number[]) => {
  for (let i = 0; i < 50; i++) {
    await lock.acquire();
    counts.push(inside.tryAcquire() ? 1 : 0);
    await yieldNow();
    inside.release();
    lock.release();
  }
});

export default function main(): void {}
