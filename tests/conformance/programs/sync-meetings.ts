/** Barriers, latches, cells that are made once, and locks of readers and writers: with waits that are given up. */
import {
  Barrier,
  cancel,
  Latch,
  ms,
  OnceCell,
  RwLock,
  select,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const barrier = new Barrier(3);
const latch = new Latch(3);
const cell = new OnceCell<number>();
const lock = new RwLock();
let tries = 0;

const codeOf = (error: unknown): string => (error as { code: string }).code;

const walker = task(
  async function walker(name: string, pace: number) {
    for (let round = 0; round < 2; round++) {
      await sleep(ms(pace));
      const leads = await barrier.wait();
      out.write(`${name} goes on${leads ? ", and leads" : ""}`);
    }
  },
  { pool: 4 },
);

async function barriers(): Promise<void> {
  spawn(walker, "a", 1);
  const gone = spawn(walker, "gone", 2);
  spawn(walker, "b", 5);
  await sleep(ms(2));
  out.write(`${barrier.waiting} wait`);
  cancel(gone);
  await yieldNow();
  out.write(`${barrier.waiting} waits`);
  const alone = await timeout(barrier.wait(), ms(2));
  out.write(alone === TIMED_OUT ? `timed out, ${barrier.waiting} wait` : "on");
  const third = await select({ there: barrier.wait(), late: sleep(ms(9)) });
  if (third.arm === "there") out.write(`the third leads: ${third.value}`);
  await sleep(ms(5));
  out.write(`${await barrier.wait()}`);
  await yieldNow();
}

const waiter = task(
  async function waiter(name: string, limit: number) {
    const done = await timeout(latch.wait(), ms(limit));
    out.write(`${name}: ${done === TIMED_OUT ? "too late" : "all there"}`);
  },
  { pool: 3 },
);

async function latches(): Promise<void> {
  spawn(waiter, "quick", 3);
  spawn(waiter, "slow", 30);
  cancel(spawn(waiter, "gone", 30));
  latch.countDown();
  await sleep(ms(5));
  latch.countDown(2);
  await latch.wait();
  out.write(`latch ${latch.count}`);
  try {
    latch.countDown();
  } catch (error) {
    out.write(codeOf(error));
  }
}

/** Fails the first time, is cancelled the second time, and gives a value then. */
async function made(name: string): Promise<number> {
  using turn = await cell.init();
  if (turn !== null) {
    tries++;
    out.write(`${name} makes it, try ${tries}`);
    await sleep(ms(5));
    if (tries === 1) throw new Error(`${name} failed`);
    turn.set(42);
  }
  return cell.get();
}

const maker = task(
  async function maker(name: string) {
    try {
      out.write(`${name} got ${await made(name)}`);
    } catch (error) {
      out.write(String(error));
    } finally {
      out.write(`${name} is done`);
    }
  },
  { pool: 4 },
);

async function cells(): Promise<void> {
  try {
    cell.get();
  } catch (error) {
    out.write(codeOf(error));
  }
  spawn(maker, "first");
  const second = spawn(maker, "second");
  spawn(maker, "third");
  const fourth = spawn(maker, "fourth");
  const early = await timeout(cell.wait(), ms(3));
  out.write(early === TIMED_OUT ? "no value yet" : "a value");
  cancel(fourth);
  await sleep(ms(5));
  cancel(second);
  out.write(`waited for ${await cell.wait()}`);
  out.write(`${await made("late")} ${cell.set(1)} ${cell.isSet}`);
  try {
    cell.release();
  } catch (error) {
    out.write(codeOf(error));
  }
}

const reader = task(
  async function reader(name: string, hold: number) {
    using _shared = await lock.read();
    out.write(`${name} reads, ${lock.readers} in all`);
    await sleep(ms(hold));
  },
  { pool: 5 },
);

const writer = task(
  async function writer(name: string, hold: number) {
    try {
      using _own = await lock.write();
      out.write(`${name} writes`);
      await sleep(ms(hold));
    } finally {
      out.write(`${name} is done`);
    }
  },
  { pool: 3 },
);

async function locks(): Promise<void> {
  spawn(reader, "r1", 10);
  await sleep(ms(1));
  const w1 = spawn(writer, "w1", 10);
  await sleep(ms(1));
  spawn(reader, "r2", 10);
  const late = await timeout(lock.read(), ms(2));
  out.write(`${late === TIMED_OUT} ${lock.tryRead() === null} ${lock.tryWrite() === null}`);
  // Nobody waits to write any more: who waits to read gets in.
  cancel(w1);
  await sleep(ms(1));
  out.write(`${lock.readers} read`);
  const w2 = spawn(writer, "w2", 5);
  spawn(writer, "w3", 5);
  await sleep(ms(1));
  spawn(reader, "r3", 3);
  spawn(reader, "r4", 3);
  const lost = await select({ write: lock.write(), read: lock.read(), end: sleep(ms(2)) });
  out.write(lost.arm);
  await sleep(ms(12));
  out.write(`${lock.isWriting}`);
  cancel(w2);
  await sleep(ms(20));
  const mine = await lock.write();
  mine.release();
  try {
    mine.release();
  } catch (error) {
    out.write(codeOf(error));
  }
  out.write(`${lock.isWriting} ${lock.readers}`);
}

const boss = task(async function boss() {
  await barriers();
  await latches();
  await cells();
  await locks();
});

export default function main(board: Board): void {
  out = board.console;
  spawn(boss);
}
