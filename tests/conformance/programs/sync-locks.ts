/** Locks and semaphores: waits that are cancelled, timed out and lost, before and after the lock was theirs. */
import {
  cancel,
  GreedySemaphore,
  ms,
  Mutex,
  Semaphore,
  select,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  yieldNow,
  type Guard,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const mutex = new Mutex();
const permits = new Semaphore(3);
const greedy = new GreedySemaphore(3);
const events = new Semaphore(5, 0);

const codeOf = (error: unknown): string => (error as { code: string }).code;

const locker = task(
  async function locker(name: string, hold: number) {
    try {
      using _lock = await mutex.lock();
      out.write(`${name} has the lock`);
      await sleep(ms(hold));
    } finally {
      out.write(`${name} is done`);
    }
  },
  { pool: 4 },
);

const taker = task(
  async function taker(name: string, from: Semaphore, count: number) {
    const permit = await from.acquire(count);
    try {
      out.write(`${name} has ${count}, ${from.available} left`);
      await sleep(ms(10));
    } finally {
      permit.release();
    }
  },
  { pool: 4 },
);

async function lockLate(): Promise<Guard> {
  await sleep(ms(1));
  return mutex.lock();
}

async function locks(): Promise<void> {
  spawn(locker, "first", 10);
  const waiting = spawn(locker, "waiting", 10);
  const woken = spawn(locker, "woken", 10);
  spawn(locker, "last", 3);
  await sleep(ms(5));
  cancel(waiting);
  const late = await timeout(mutex.lock(), ms(2));
  out.write(late === TIMED_OUT ? "timed out" : "locked");
  await sleep(ms(4));
  // "woken" has the lock since then, and runs no more.
  cancel(woken);
  const first = await select({ slow: sleep(ms(9)), lock: mutex.lock() });
  out.write(`${first.arm}, ${mutex.isLocked}`);
  if (first.arm === "lock") first.value.release();

  // Locked in an arm, released by its task.
  const guard = await timeout(lockLate(), ms(5));
  if (guard !== TIMED_OUT) guard.release();
  out.write(`${mutex.isLocked}`);
  try {
    mutex.release();
  } catch (error) {
    out.write(codeOf(error));
  }
  const own = mutex.tryLock();
  out.write(`${own !== null} ${mutex.tryLock() !== null}`);
  spawn(releaser);
  await sleep(ms(1));
  own?.release();
}

const releaser = task(async function releaser() {
  try {
    mutex.release();
  } catch (error) {
    out.write(codeOf(error));
  }
});

/** Two at once, then a large one that waits and is dropped: who wanted less goes on. */
async function counts(from: Semaphore): Promise<void> {
  spawn(taker, "one", from, 2);
  await yieldNow();
  const large = spawn(taker, "large", from, 3);
  await yieldNow();
  spawn(taker, "small", from, 1);
  await sleep(ms(3));
  cancel(large);
  await sleep(ms(20));
  out.write(`${from.available} of 3, ${from.tryAcquire(4 - 1) !== null}, ${from.available}`);
  const either = await select({ permit: from.acquire(), limit: sleep(ms(2)) });
  out.write(either.arm);
  from.release(3);
  for (const wrong of [0, 4, 1.5]) {
    try {
      await from.acquire(wrong);
    } catch (error) {
      out.write(codeOf(error));
    }
  }
  try {
    from.release();
  } catch (error) {
    out.write(codeOf(error));
  }
}

const counter = task(async function counter() {
  for (let i = 0; i < 4; i++) {
    const next = await timeout(events.acquire(), ms(5));
    out.write(next === TIMED_OUT ? "no event" : `event, ${events.available} more`);
  }
});

const boss = task(async function boss() {
  await locks();
  await counts(permits);
  await counts(greedy);
  events.release(2);
  spawn(counter);
  await sleep(ms(2));
  events.release();
});

export default function main(board: Board): void {
  out = board.console;
  spawn(boss);
}
