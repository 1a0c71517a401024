import { Signal, cancel, ms, sleep, spawn, task, timeout, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** What ran, a letter for each turn. */
let turns = "";

const low = task(
  async function low(letter: string, count: number) {
    for (let i = 0; i < count; i++) {
      turns += letter;
      await yieldNow();
    }
  },
  { pool: 2 },
);

const middle = task(
  async function middle(count: number) {
    for (let i = 0; i < count; i++) {
      turns += "m";
      await yieldNow();
    }
  },
  { priority: 3 },
);

/** Both are woken together, and take turns. */
const high = task(
  async function high(letter: string, count: number) {
    for (let i = 0; i < count; i++) {
      turns += letter;
      await yieldNow();
    }
  },
  { priority: 7, pool: 2 },
);

const alarm = new Signal<number>();

/** Comes before everything that is ready, and goes on at its own handler. */
const urgent = task(
  async function urgent(out: Console) {
    for (;;) {
      const value = await alarm.wait();
      turns += "!";
      try {
        if (value === 2) throw new Error("two");
        await timeout(late(), ms(5));
      } catch (error) {
        out.write(`caught ${String(error)}`);
      } finally {
        turns += "?";
      }
    }
  },
  { priority: 5 },
);

async function late(): Promise<void> {
  await sleep(ms(50));
}

/** Throws while others are ready. */
const faulty = task(
  async function faulty() {
    await yieldNow();
    turns += "f";
    throw new Error("faulty");
  },
  { priority: 4 },
);

const report = task(
  async function report(out: Console) {
    const watch = spawn(urgent, out);
    for (let i = 0; i < 4; i++) {
      await sleep(ms(20));
      out.write(turns);
      turns = "";
      if (i === 0) {
        alarm.set(1);
        spawn(low, "a", 3);
        spawn(low, "b", 3);
        spawn(middle, 3);
      }
      if (i === 1) {
        spawn(low, "a", 2);
        spawn(faulty);
        alarm.set(2);
      }
      if (i === 2) {
        spawn(high, "X", 45);
        spawn(high, "Y", 45);
        spawn(middle, 4);
        spawn(low, "a", 4);
        cancel(watch);
      }
    }
  },
  { priority: 1 },
);

export default function main(board: Board): void {
  spawn(low, "a", 4);
  spawn(low, "b", 4);
  spawn(middle, 4);
  spawn(high, "X", 5);
  spawn(high, "Y", 2);
  spawn(report, board.console);
}
