/** As sync-plain, for what tasks meet at and what goes between them: plain awaits alone. */
import {
  Barrier,
  CLOSED,
  DropOldestChannel,
  Latch,
  ms,
  OnceCell,
  Pipe,
  PriorityChannel,
  PubSub,
  RwLock,
  sleep,
  spawn,
  task,
  ZeroCopyChannel,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const barrier = new Barrier(2);
const latch = new Latch(2);
const cell = new OnceCell<string>();
const lock = new RwLock();
const latest = new DropOldestChannel<number>(2);
const jobs = new PriorityChannel<number>(2, (a, b) => a - b);
const frames = new ZeroCopyChannel([{ n: 0 }, { n: 0 }]);
const pipe = new Pipe(3);
const news = new PubSub<string>(2);

async function value(name: string): Promise<string> {
  using turn = await cell.init();
  if (turn) {
    await sleep(ms(4));
    turn.set(name);
  }
  return cell.get();
}

const worker = task(
  async function worker(name: string, pace: number) {
    await sleep(ms(pace));
    out.write(`${name} leads: ${await barrier.wait()}`);
    out.write(`${name} has ${await value(name)}`);
    {
      using _shared = await lock.read();
      await sleep(ms(pace));
      out.write(`${name} read with ${lock.readers}`);
    }
    {
      using _own = await lock.write();
      await sleep(ms(pace));
      out.write(`${name} wrote`);
    }
    latch.countDown();
    const frame = await frames.reserve();
    if (frame !== CLOSED) {
      frame.n = pace;
      frames.commit();
    }
    for (let i = 0; i < 3; i++) await jobs.send(pace * 10 - i);
    const subscription = news.subscribe();
    await latch.wait();
    out.write(`${name} hears ${String(await subscription.receive())}, lost ${subscription.lagged}`);
  },
  { pool: 2 },
);

const source = task(async function source() {
  const bytes = new Uint8Array(7);
  for (let i = 0; i < 7; i++) bytes[i] = i;
  for (let at = 0; at < 7;) at += await pipe.write(bytes, at);
  pipe.close();
});

const sink = task(async function sink() {
  await latch.wait();
  const bytes = new Uint8Array(2);
  for (let count = 1; count > 0;) {
    count = await pipe.read(bytes);
    out.write(`${count} bytes: ${bytes[0]} ${bytes[1]}`);
  }
  for (let i = 0; i < 2; i++) {
    const frame = await frames.receive();
    if (frame === CLOSED) continue;
    out.write(`frame ${frame.n}`);
    frames.release();
  }
  for (let i = 0; i < 6; i++) out.write(`job ${String(await jobs.receive())}`);
  await sleep(ms(1));
  for (const word of ["one", "two", "three"]) news.publish(word);
  for (let i = 0; i < 4; i++) await latest.send(i);
  latest.close();
  for await (const number of latest) out.write(`latest ${number}`);
  out.write(`${latest.dropped} lost`);
});

export default function main(board: Board): void {
  out = board.console;
  spawn(worker, "a", 2);
  spawn(worker, "b", 3);
  spawn(source);
  spawn(sink);
}
