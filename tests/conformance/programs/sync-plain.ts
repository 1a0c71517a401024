/** What tasks wait for with plain awaits alone: nothing is given up, so builds for boards leave out what that takes. */
import {
  AutoResetEvent,
  Event,
  GreedySemaphore,
  ms,
  Mutex,
  Semaphore,
  Signal,
  sleep,
  spawn,
  task,
  Watch,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const go = new Signal<void>();
const door = new AutoResetEvent();
const gate = new Event();
const mutex = new Mutex();
const permits = new Semaphore(2);
const few = new GreedySemaphore(2);
const level = new Watch("low");

const guest = task(
  async function guest(name: string, hold: number) {
    {
      using _lock = await mutex.lock();
      out.write(`${name} in`);
      await sleep(ms(hold));
      out.write(`${name} out`);
    }
    const permit = await permits.acquire();
    out.write(`${name} has one, ${permits.available} left`);
    await sleep(ms(hold));
    permit.release();

    await gate.wait();
    await door.wait();
    out.write(`${name} through the door`);
    await go.wait();
    out.write(`${name} goes`);
  },
  { pool: 3 },
);

/** `count` permits: who wants two is overtaken by who wants one. */
const taker = task(
  async function taker(name: string, count: number) {
    const held = await few.acquire(count);
    out.write(`${name} took ${count}`);
    await sleep(ms(10));
    held.release();
  },
  { pool: 4 },
);

const reader = task(async function reader() {
  let seen = 0;
  while (level.value !== "high") {
    seen = await level.changed(seen);
    out.write(`${level.value}, version ${seen}`);
  }
});

const host = task(async function host() {
  await sleep(ms(50));
  level.set("middle");
  gate.set();
  gate.reset();
  for (let i = 0; i < 3; i++) {
    await sleep(ms(5));
    door.set();
  }
  for (let i = 0; i < 3; i++) {
    go.set();
    await sleep(ms(5));
  }
  level.set("higher");
  level.set("high");
  out.write(`${mutex.isLocked} ${permits.available} ${few.available} ${door.isSet} ${gate.isSet}`);
  door.set();
  await door.wait();
  out.write("door let through at once");
});

export default function main(board: Board): void {
  out = board.console;
  spawn(guest, "a", 10);
  spawn(guest, "b", 5);
  spawn(guest, "c", 1);
  spawn(taker, "first", 1);
  spawn(taker, "second", 2);
  spawn(taker, "third", 1);
  spawn(taker, "fourth", 1);
  spawn(reader);
  spawn(host);
}
