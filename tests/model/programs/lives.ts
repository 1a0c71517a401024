/** One life of a task, as a row of the matrix in lives.test.ts says; `life` comes from the test. */
import {
  AutoResetEvent,
  BUSY,
  Barrier,
  CLOSED,
  CancelToken,
  Channel,
  Debounce,
  DropNewestChannel,
  DropOldestChannel,
  Event,
  GreedySemaphore,
  Interval,
  Latch,
  Mutex,
  ObjectPool,
  OnceCell,
  Pipe,
  PriorityChannel,
  PubSub,
  RwLock,
  Semaphore,
  Signal,
  Throttle,
  Watch,
  ZeroCopyChannel,
  cancel,
  detach,
  join,
  ms,
  select,
  settled,
  sleep,
  spawn,
  task,
  timeout,
  trySpawn,
  yieldNow,
  type Guard,
  type Task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

export interface Life {
  /** What the task waits for, twice. */
  readonly waits: string;
  /** Where it throws: "first", before any wait, "0", "1", after a wait, "cleanup", or nowhere. */
  readonly throws: string;
  /** When it is cancelled: "before" its first poll, "during" a wait, "after" its end, "cleanup", or not. */
  readonly cancelled: string;
  /** Who looks: "joined", "late", "detached", "settled", "twice", "nobody". */
  readonly joined: string;
  readonly isFull: boolean;
}

declare const life: Life;

let items: Channel<number>;
let word: Signal<number>;
let helper: Task;

const help = task(async function help() {
  await sleep(ms(3));
});

async function inner(out: Console): Promise<void> {
  try {
    await sleep(ms(3));
  } finally {
    out.write("inner is left");
  }
}

async function wait(out: Console): Promise<void> {
  if (life.waits === "sleep") await sleep(ms(3));
  if (life.waits === "yield") await yieldNow();
  if (life.waits === "receive") await items.receive();
  if (life.waits === "send") await items.send(1);
  if (life.waits === "signal") await word.wait();
  if (life.waits === "join") await join(helper);
  if (life.waits === "timeout") await timeout(items.receive(), ms(3));
  if (life.waits === "select") await select({ item: items.receive(), call: inner(out), word: word.wait() });
  if (life.waits === "call") await inner(out);
  await waitForOthers();
}

/** The primitives that tasks wait with for each other, as they are when the life begins. */
const makeAll = () => ({
  watch: new Watch(0),
  newest: new DropNewestChannel<number>(1),
  oldest: new DropOldestChannel<number>(1),
  urgent: new PriorityChannel<number>(1, (a, b) => a - b),
  slots: new ZeroCopyChannel([{ value: 0 }]),
  pipe: new Pipe(1),
  messages: new PubSub<number>(1).subscribe(),
  topic: new PubSub<number>(1),
  mutex: new Mutex(),
  lock: new RwLock(),
  permits: new Semaphore(9, 0),
  greedy: new GreedySemaphore(9, 0),
  event: new Event(),
  auto: new AutoResetEvent(),
  latch: new Latch(1),
  barrier: new Barrier(2),
  cell: new OnceCell<number>(),
  turns: new OnceCell<number>(),
  objects: new ObjectPool(1, () => ({ value: 0 })),
  token: new CancelToken(),
  quiet: new Debounce<number>(ms(2)),
  throttle: new Throttle(ms(3)),
  interval: new Interval(ms(3)),
});

let all: ReturnType<typeof makeAll>;
const bytes = new Uint8Array(1);

async function waitForOthers(): Promise<void> {
  if (life.waits === "watch") await all.watch.changed(all.watch.version);
  if (life.waits === "newest") await all.newest.receive();
  if (life.waits === "oldest") await all.oldest.receive();
  if (life.waits === "urgent") await all.urgent.receive();
  if (life.waits === "slot" && (await all.slots.receive()) !== CLOSED) all.slots.release();
  if (life.waits === "pipe") await all.pipe.read(bytes);
  if (life.waits === "message") await all.messages.receive();
  if (life.waits === "mutex") (await all.mutex.lock()).release();
  if (life.waits === "reader") (await all.lock.read()).release();
  if (life.waits === "writer") (await all.lock.write()).release();
  if (life.waits === "permits") await all.permits.acquire();
  if (life.waits === "greedy") await all.greedy.acquire();
  if (life.waits === "event") await all.event.wait();
  if (life.waits === "auto") await all.auto.wait();
  if (life.waits === "latch") await all.latch.wait();
  if (life.waits === "barrier") await all.barrier.wait();
  if (life.waits === "cell") await all.cell.wait();
  if (life.waits === "turn") (await all.turns.init())?.release();
  if (life.waits === "object") all.objects.giveBack(await all.objects.borrow());
  if (life.waits === "token") await all.token.cancelled();
  if (life.waits === "settled") await all.quiet.settled();
  if (life.waits === "throttle") await all.throttle.turn();
  if (life.waits === "tick") await all.interval.tick();
}

/** Has the subject wait for what somebody holds, and for the second turn. */
async function takeAll(): Promise<void> {
  await all.throttle.turn();
  mutex = all.mutex.tryLock();
  lock = all.lock.tryWrite();
  turn = await all.turns.init();
  object = all.objects.tryBorrow();
}

let mutex: Guard | null;
let lock: Guard | null;
let turn: Guard | null;
let object: { value: number } | null;

/** Lets who waits for any of them go on; what was held is not taken again. */
async function giveAll(i: number): Promise<void> {
  all.watch.set(i + 1);
  all.newest.trySend(i);
  all.oldest.trySend(i);
  all.urgent.trySend(i);
  if (all.slots.tryReserve() !== null) all.slots.commit();
  all.pipe.tryWrite(bytes);
  all.topic.publish(i);
  all.permits.release();
  all.greedy.release();
  all.event.set();
  all.event.reset();
  all.auto.set();
  if (all.latch.count > 0) all.latch.countDown();
  if (all.barrier.waiting > 0) await all.barrier.wait();
  all.cell.set(i);
  if (object !== null) all.objects.giveBack(object);
  all.token.cancel();
  all.quiet.set(i);
  mutex?.release();
  lock?.release();
  turn?.release();
  mutex = lock = turn = object = null;
}

const subject = task(async function subject(out: Console) {
  try {
    if (life.throws === "first") throw new Error("first");
    for (let i = 0; i < 2; i++) {
      await wait(out);
      out.write(`waited ${i}`);
      if (life.throws === String(i)) throw new Error(life.throws);
    }
    return "result";
  } finally {
    await yieldNow();
    await sleep(ms(1));
    out.write("cleaned up");
    if (life.throws === "cleanup") throw new Error("cleanup");
  }
});

const joiner = task(
  async function joiner(name: string, other: Task<string>, out: Console) {
    try {
      out.write(`${name}: ${life.joined === "settled" ? await settled(other) : await join(other)}`);
    } catch (error) {
      out.write(`${name} threw ${String(error).split(":").slice(0, 2).join(":")}`);
    }
  },
  { pool: 3 },
);

/** Gives the subject what it waits for. */
const feeder = task(async function feeder() {
  await takeAll();
  for (let i = 0; i < 4; i++) {
    await sleep(ms(4));
    await giveAll(i);
    if (life.waits === "send") await timeout(items.receive(), ms(1));
    else if (life.waits !== "timeout") items.trySend(i);
    word.set(i);
  }
});

const boss = task(async function boss(out: Console) {
  helper = spawn(help);
  spawn(feeder);
  if (life.waits === "send") items.trySend(0);
  const task = spawn(subject, out);
  if (life.isFull) {
    if (trySpawn(subject, out) === BUSY) out.write("busy");
    try {
      spawn(subject, out);
    } catch (error) {
      out.write(String(error).slice(0, 21));
    }
  }
  if (life.cancelled === "before") cancel(task);
  if (life.joined === "detached") detach(task);
  if (life.joined === "twice") spawn(joiner, "other", task, out);
  if (life.joined !== "late" && life.joined !== "nobody") spawn(joiner, "joiner", task, out);
  await sleep(ms(2));
  if (life.cancelled === "during") cancel(task);
  if (life.cancelled === "cleanup") {
    cancel(task);
    await yieldNow();
    cancel(task);
  }
  await sleep(ms(40));
  if (life.cancelled === "after") cancel(task);
  if (life.joined === "late") spawn(joiner, "late", task, out);
  await sleep(ms(1));
  const again = trySpawn(subject, out);
  out.write(again === BUSY ? "still busy" : "free");
  if (again !== BUSY) cancel(again);
});

export default function main(board: Board): void {
  items = new Channel<number>(1);
  word = new Signal<number>();
  all = makeAll();
  all.messages = all.topic.subscribe();
  spawn(boss, board.console);
}
