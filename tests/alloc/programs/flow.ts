/** As steady.ts, for several waits at once, pools and ring buffers. Arms that throw are not here: V8 allocates for a throw. */
import {
  all,
  any,
  BlockPool,
  ByteRing,
  Channel,
  CLOSED,
  fairSelect,
  ms,
  ObjectPool,
  race,
  retry,
  RingBuffer,
  sleep,
  spawn,
  task,
  timeout,
  yieldNow,
} from "dormouse";
import { isMore, over, play, start, type Rounds } from "./round.js";

const left = new Channel<number>(1);
const right = new Channel<number>(1);
const blocks = new BlockPool(2, 8);
const objects = new ObjectPool(1, () => ({ uses: 0 }));
const last = new RingBuffer<number>(3);
const bytes = new ByteRing(5);

let sum = 0;

async function work(delay: number): Promise<number> {
  try {
    await sleep(ms(delay));
    return delay;
  } finally {
    await yieldNow();
  }
}

const gatherer = task(async function gatherer() {
  while (isMore()) {
    left.trySend(1);
    const { a, b, item } = await all({ a: work(1), b: work(2), item: left.receive() });
    sum = (a + b + (item === CLOSED ? 0 : item)) & 0xff;
  }
  over();
});

const chooser = task(async function chooser() {
  while (isMore())
    sum = (await any({ a: work(5), b: work(2), c: work(9) })) + (await race({ a: work(1), b: work(2) }));
  over();
});

const turner = task(async function turner() {
  while (isMore()) {
    left.trySend(1);
    right.trySend(1);
    await fairSelect({ left: left.receive(), right: right.receive() });
  }
  over();
});

const borrower = task(
  async function borrower() {
    while (isMore()) {
      const block = await blocks.borrow();
      await yieldNow();
      blocks.giveBack(block);
      const object = await objects.borrow();
      object.uses = (object.uses + 1) & 0xff;
      await yieldNow();
      objects.giveBack(object);
      const late = await timeout(objects.borrow(), ms(1));
      if (typeof late === "object" && "uses" in late) objects.giveBack(late);
      last.overwrite(block[0]!);
      sum = last.at(0)!;
      block[1] = sum;
      bytes.write(block);
      bytes.read(block);
    }
    over();
  },
  { pool: 3 },
);

let calls = 0;
const OPTIONS = { first: ms(1), attempts: 3 };

/** Its tries throw nothing: V8 allocates for a throw. */
async function tried(attempt: number): Promise<number> {
  await sleep(ms(1));
  calls = (calls + attempt) & 0xff;
  return calls;
}

const retrier = task(async function retrier() {
  while (isMore()) sum = await retry(tried, OPTIONS);
  over();
});

export const rounds: Rounds = {
  "tries of what may fail": () => start(() => spawn(retrier)),
  "all of several": () => start(() => spawn(gatherer)),
  "any, and the first": () => start(() => spawn(chooser)),
  "arms in turn": () => start(() => spawn(turner)),
  "pools and ring buffers": () =>
    start(
      () => spawn(borrower),
      () => spawn(borrower),
      () => spawn(borrower),
    ),
};

export default function main(): void {
  play(rounds, main);
}
