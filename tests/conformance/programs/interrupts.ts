/** What interrupts may call of each primitive: while tasks wait for it, again before they run, and when nobody waits. */
import {
  AutoResetEvent,
  BlockPool,
  CancelToken,
  Channel,
  CLOSED,
  Debounce,
  DropNewestChannel,
  DropOldestChannel,
  Event,
  GreedySemaphore,
  Latch,
  ms,
  Mutex,
  ObjectPool,
  OnceCell,
  Pipe,
  PriorityChannel,
  PubSub,
  RwLock,
  Semaphore,
  Signal,
  spawn,
  task,
  timeout,
  Watch,
  ZeroCopyChannel,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

declare function setTimeout(callback: () => void, delay: number): unknown;

let out: Console;

const signal = new Signal<number>();
const watch = new Watch(0);
const channel = new Channel<number>(2);
const newest = new DropNewestChannel<number>(2);
const oldest = new DropOldestChannel<number>(2);
const urgent = new PriorityChannel<number>(3, (a, b) => b - a);
const slots = new ZeroCopyChannel([{ value: 0 }, { value: 0 }]);
const pipe = new Pipe(4);
const topic = new PubSub<number>(2);
const messages = topic.subscribe();
const bytes = new Uint8Array(4);

const mutex = new Mutex();
const lock = new RwLock();
const permits = new Semaphore(4, 0);
const greedy = new GreedySemaphore(4, 0);
const event = new Event();
const auto = new AutoResetEvent();
const latch = new Latch(3);
const cell = new OnceCell<number>();
const objects = new ObjectPool(1, (i) => ({ i }));
const blocks = new BlockPool(1, 8);
const token = new CancelToken();
const quiet = new Debounce<number>(ms(2));

async function receive(what: string): Promise<unknown> {
  if (what === "signal") return signal.wait();
  if (what === "watch") return watch.changed(watch.version);
  if (what === "channel") return channel.receive();
  if (what === "newest") return newest.receive();
  if (what === "oldest") return oldest.receive();
  if (what === "urgent") return urgent.receive();
  if (what === "pipe") return pipe.read(bytes);
  if (what === "topic") return messages.receive();
  const slot = await slots.receive();
  if (slot === CLOSED) return CLOSED;
  const { value } = slot;
  slots.release();
  return value;
}

const receiver = task(
  async function receiver(what: string) {
    for (let i = 0; i < 3; i++) {
      const got = await timeout(receive(what), ms(40));
      out.write(`${what} ${i}: ${String(got)}`);
    }
  },
  { pool: 9 },
);

/** Nothing but whether it could go on. */
async function pass(what: string): Promise<unknown> {
  if (what === "permits") await permits.acquire(2);
  if (what === "greedy") await greedy.acquire();
  if (what === "event") await event.wait();
  if (what === "auto") await auto.wait();
  if (what === "latch") await latch.wait();
  if (what === "token") await token.cancelled();
  if (what === "cell") return cell.wait();
  if (what === "quiet") return quiet.settled();
  if (what === "mutex") (await mutex.lock()).release();
  if (what === "lock") (await lock.write()).release();
  if (what === "objects") objects.giveBack(await objects.borrow());
  if (what === "blocks") blocks.giveBack(await blocks.borrow());
  return true;
}

const passer = task(
  async function passer(what: string) {
    for (let i = 0; i < 3; i++) {
      const got = await timeout(pass(what), ms(40));
      out.write(`${what} ${i}: ${String(got)}`);
    }
  },
  { pool: 12 },
);

let count = 0;

/** Also twice in a row, before those whom it woke have run. */
function interrupt(): void {
  const n = ++count;
  signal.set(n);
  signal.set(n + 100);
  watch.set(n);
  const sent = [channel, newest, oldest, urgent].map((each) => [each.trySend(n), each.trySend(n + 5)].join());
  const slot = slots.tryReserve();
  if (slot !== null) {
    slot.value = n;
    slots.commit();
  }
  const written = pipe.tryWrite(bytes, 0, 3);
  topic.publish(n);
  topic.publish(n + 1);
  topic.publish(n + 2);
  out.write(`interrupt ${n}: ${sent.join(" ")} ${newest.dropped} ${oldest.dropped} ${written}`);
  letPass(n);
}

const had = [mutex.tryLock(), lock.tryRead()];
const object = objects.tryBorrow();
const block = blocks.tryBorrow();

function letPass(n: number): void {
  if (permits.available < 3) permits.release(2);
  if (greedy.available < 4) greedy.release();
  event.set();
  if (n === 1) event.reset();
  auto.set();
  if (latch.count > 0) latch.countDown();
  cell.set(n);
  quiet.set(n);
  if (n === 2) token.cancel();
  if (n !== 4) return;
  for (const each of had) each?.release();
  if (object !== null) objects.giveBack(object);
  if (block !== null) blocks.giveBack(block);
  channel.close();
}

export default function main(board: Board): void {
  out = board.console;
  for (const what of ["signal", "watch", "channel", "newest", "oldest", "urgent", "pipe", "topic", "slots"])
    spawn(receiver, what);
  for (const what of ["permits", "greedy", "event", "auto", "latch", "token", "cell", "quiet"])
    spawn(passer, what);
  for (const what of ["mutex", "lock", "objects", "blocks"]) spawn(passer, what);
  for (const at of [1, 5, 5, 9, 20, 31]) setTimeout(interrupt, at);
}
