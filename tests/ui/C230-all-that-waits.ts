import {
  AutoResetEvent,
  CancelToken,
  Channel,
  Debounce,
  DropOldestChannel,
  Event,
  GreedySemaphore,
  Latch,
  OnceCell,
  Pipe,
  PubSub,
  Semaphore,
  Watch,
  ZeroCopyChannel,
  ms,
  spawn,
  task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const NONE = 0;

const never = {
  event: new Event(),
};

const event = new Event();
const again = new AutoResetEvent();
const latch = new Latch(3);
const done = new Latch(NONE);
const cell = new OnceCell<number>();
const opened = new OnceCell<number>();
const level = new Watch(5);
const button = new Debounce<number>(ms(20));
const pipe = new Pipe(16);
const topic = new PubSub<number>(4);
const token = new CancelToken();
const frames = new ZeroCopyChannel<Uint8Array>([new Uint8Array(4)]);
const latest = new DropOldestChannel<number>(2);
const counted = new Semaphore(4, NONE);
const greedy = new GreedySemaphore(4, 0);
const free = new Semaphore(4);
const passed = new Channel<number>(2);

async function waitFor(it: Event, text: string, out: Console): Promise<void> {
  await it.wait();
  out.write(text);
}

/** None of these ever ends. */
const waits = task(async function waits(out: Console, into: Uint8Array) {
  await waitFor(event, "event", out);
  await again.wait();
  await latch.wait();
  await cell.wait();
  await level.changed(level.version);
  await button.settled();
  await pipe.read(into);
  await topic.subscribe().receive();
  await token.cancelled();
  await frames.receive();
  await latest.receive();
  using one = await counted.acquire();
  using other = await greedy.acquire();
  out.write(`${one} ${other}`);
});

/** These may. */
const fine = task(async function fine(out: Console) {
  await done.wait();
  await never.event.wait();
  using turn = await opened.init();
  turn?.set(3);
  out.write(String(await opened.wait()));
  using permit = await free.acquire();
  await latest.send(3);
  for await (const each of passed) out.write(`${each} ${permit}`);
});

const feed = task(async function feed() {
  await passed.send(1);
  passed.close();
});

export default function main(board: Board): void {
  spawn(waits, board.console, new Uint8Array(8));
  spawn(fine, board.console);
  spawn(feed);
}
