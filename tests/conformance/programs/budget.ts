import { Channel, Mutex, Signal, ms, select, sleep, spawn, task, timeout } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Tasks whose waits are always over at once, and one that must have its turns all the same. */
const lock = new Mutex();
const own = new Channel<number>(2);
const flag = new Signal<number>();
let rounds = 0;
let isOver = false;

const locker = task(async function locker() {
  while (!isOver) {
    const guard = await lock.lock();
    rounds++;
    guard.release();
  }
});

const talker = task(async function talker(out: Console) {
  let sum = 0;
  try {
    while (!isOver) {
      await own.send(1);
      sum += Number(await own.receive());
      rounds++;
    }
  } finally {
    out.write(`talker ${sum > 0}`);
  }
});

async function raised(value: number): Promise<number> {
  flag.set(value);
  return flag.wait();
}

/** In calls, races and limits. */
const racer = task(async function racer(out: Console) {
  let sum = 0;
  while (!isOver) {
    sum += await raised(1);
    flag.set(2);
    const next = await select({ flag: flag.wait(), never: sleep(ms(1000)) });
    if (next.arm === "flag") sum += next.value;
    await timeout(lock.lock(), ms(5000));
    lock.release();
    rounds++;
  }
  out.write(`racer ${sum % 3}`);
});

const watch = task(async function watch(out: Console) {
  for (let i = 0; i < 2; i++) {
    await sleep(ms(2));
    out.write(`${i}: ${rounds > 0}`);
    rounds = 0;
  }
  isOver = true;
});

export default function main(board: Board): void {
  spawn(locker);
  spawn(talker, board.console);
  spawn(racer, board.console);
  spawn(watch, board.console);
}
