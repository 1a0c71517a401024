/** As steady.ts, for what tasks wait with for each other: each primitive in turn, and all of them given up. */
import {
  AutoResetEvent,
  Barrier,
  Channel,
  CLOSED,
  DropNewestChannel,
  DropOldestChannel,
  Event,
  GreedySemaphore,
  Latch,
  Mutex,
  ms,
  OnceCell,
  Pipe,
  PriorityChannel,
  PubSub,
  RwLock,
  select,
  Semaphore,
  sleep,
  spawn,
  task,
  Watch,
  yieldNow,
  ZeroCopyChannel,
} from "dormouse";
import { isMore, over, play, start, STOP, type Rounds } from "./round.js";

interface Slot {
  value: number;
}

const mutex = new Mutex();
const fair = new Semaphore(3);
const greedy = new GreedySemaphore(3);
const lock = new RwLock();
const gate = new Event();
const there = new AutoResetEvent();
const back = new AutoResetEvent();
const level = new Watch(1);
const barrier = new Barrier(2);
const latch = new Latch(1);
const empty = new OnceCell<number>();
const newest = new DropNewestChannel<number>(2);
const oldest = new DropOldestChannel<number>(2);
const urgent = new PriorityChannel<number>(2, (a, b) => a - b);
const slots = new ZeroCopyChannel<Slot>([{ value: 1 }, { value: 1 }]);
const pipe = new Pipe(5);
const topic = new PubSub<number>(2);
const messages = topic.subscribe();
/** What nobody has, nor sends, nor sets. */
const held = new Mutex();
const none = new Semaphore(1, 0);
const three = new Barrier(3);
const never = new Channel<number>(1);

let sum = 0;

const locker = task(
  async function locker() {
    while (isMore()) {
      using _mutex = await mutex.lock();
      await yieldNow();
    }
    over();
  },
  { pool: 2 },
);

const sharer = task(
  async function sharer(isGreedy: boolean) {
    const from = isGreedy ? greedy : fair;
    while (isMore()) {
      const guard = await from.acquire(2);
      await yieldNow();
      guard.release();
    }
    over();
  },
  { pool: 2 },
);

const editor = task(
  async function editor() {
    while (isMore()) {
      (await lock.read()).release();
      using _lock = await lock.write();
      await yieldNow();
    }
    over();
  },
  { pool: 2 },
);

const asker = task(async function asker() {
  while (isMore()) {
    there.set();
    gate.set();
    gate.reset();
    await back.wait();
  }
  sum = -1;
  there.set();
  gate.set();
  over();
});

const answerer = task(async function answerer() {
  for (;;) {
    await there.wait();
    if (sum === -1) break;
    back.set();
    await gate.wait();
  }
  over();
});

const setter = task(async function setter() {
  while (isMore()) {
    level.set(2);
    await yieldNow();
  }
  level.set(STOP);
  over();
});

const reader = task(async function reader() {
  for (let seen = 0; level.value !== STOP;) seen = await level.changed(seen);
  over();
});

const party = task(
  async function party() {
    while (sum !== -1) {
      if ((await barrier.wait()) && !isMore()) sum = -1;
      await latch.wait();
    }
    over();
  },
  { pool: 2 },
);

const maker = task(
  async function maker() {
    while (isMore()) {
      using turn = await empty.init();
      if (turn !== null) await yieldNow();
    }
    over();
  },
  { pool: 2 },
);

const sender = task(async function sender(items: Channel<number>) {
  while (isMore()) {
    await items.send(2);
    await items.send(1);
    await yieldNow();
    await yieldNow();
  }
  await items.send(STOP);
  over();
});

const receiver = task(async function receiver(items: Channel<number>) {
  for await (const item of items) if (item === STOP) break;
  over();
});

const filler = task(async function filler() {
  for (let isLast = false; !isLast;) {
    const slot = await slots.reserve();
    if (slot === CLOSED) break;
    isLast = !isMore();
    slot.value = isLast ? STOP : 1;
    slots.commit();
  }
  over();
});

const user = task(async function user() {
  for (let isLast = false; !isLast;) {
    const slot = await slots.receive();
    isLast = slot === CLOSED || slot.value === STOP;
    slots.release();
  }
  over();
});

const seven = new Uint8Array([1, 2, 3, 4, 5, 6, 7]);
const last = new Uint8Array([STOP]);
const buffer = new Uint8Array([1, 1, 1]);

const writer = task(async function writer() {
  while (isMore()) for (let at = 0; at < seven.length;) at += await pipe.write(seven, at);
  await pipe.write(last);
  over();
});

const drinker = task(async function drinker() {
  for (let count = 1; buffer[count - 1] !== STOP;) count = await pipe.read(buffer);
  buffer[0] = buffer[1] = buffer[2] = 1;
  over();
});

const publisher = task(async function publisher() {
  while (isMore()) {
    topic.publish(1);
    topic.publish(2);
    topic.publish(3);
    await yieldNow();
  }
  topic.publish(STOP);
  over();
});

const listener = task(async function listener() {
  while ((await messages.receive()) !== STOP) sum = 0;
  over();
});

/** All of them lose. */
const quitter = task(async function quitter() {
  using _held = await held.lock();
  while (isMore()) {
    await select({
      mutex: held.lock(),
      semaphore: none.acquire(),
      read: lock.read(),
      gate: gate.wait(),
      turn: back.wait(),
      level: level.changed(level.version),
      barrier: three.wait(),
      cell: empty.wait(),
      item: never.receive(),
      slot: slots.receive(),
      bytes: pipe.read(buffer),
      message: messages.receive(),
      end: sleep(ms(1)),
    });
    const next = await select({ lock: lock.write(), cell: empty.init(), end: sleep(ms(1)) });
    if (next.arm === "lock") next.value.release();
  }
  over();
});

const two = (kind: () => unknown): void => {
  start(kind, kind);
};

export const rounds: Rounds = {
  "a mutex": () => two(() => spawn(locker)),
  "a semaphore": () => two(() => spawn(sharer, false)),
  "a greedy semaphore": () => two(() => spawn(sharer, true)),
  "a lock of readers and writers": () => two(() => spawn(editor)),
  events: () => {
    sum = 0;
    gate.reset();
    start(
      () => spawn(answerer),
      () => spawn(asker),
    );
  },
  "a watch": () => {
    level.set(2);
    start(
      () => spawn(reader),
      () => spawn(setter),
    );
  },
  "a barrier and a latch": () => {
    sum = 0;
    if (latch.count > 0) latch.countDown();
    two(() => spawn(party));
  },
  "turns of a cell": () => two(() => spawn(maker)),
  "a channel that drops the newest": () => through(newest),
  "a channel that drops the oldest": () => through(oldest),
  "a priority channel": () => through(urgent),
  "slots of a zero-copy channel": () =>
    start(
      () => spawn(filler),
      () => spawn(user),
    ),
  "a pipe": () =>
    start(
      () => spawn(writer),
      () => spawn(drinker),
    ),
  "messages for subscribers": () =>
    start(
      () => spawn(listener),
      () => spawn(publisher),
    ),
  "waits that are given up": () => start(() => spawn(quitter)),
};

function through(items: Channel<number>): void {
  start(
    () => spawn(sender, items),
    () => spawn(receiver, items),
  );
}

export default function main(): void {
  play(rounds, main);
}
