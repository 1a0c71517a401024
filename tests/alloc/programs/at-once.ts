/** As steady.ts, for what never waits: what interrupts may call, and what looks. */
import {
  AutoResetEvent,
  Backoff,
  Barrier,
  between,
  BlockPool,
  Channel,
  CLOSED,
  Debounce,
  DropNewestChannel,
  DropOldestChannel,
  Event,
  GreedySemaphore,
  Latch,
  makeExecutorCounts,
  makeTaskCounts,
  Meter,
  ms,
  Mutex,
  now,
  ObjectPool,
  observe,
  OnceCell,
  Pipe,
  PriorityChannel,
  PubSub,
  RingBuffer,
  RwLock,
  s,
  Semaphore,
  Signal,
  slotOf,
  currentTask,
  nameOf,
  sleep,
  spawn,
  task,
  Watch,
  Watchdog,
  yieldNow,
  ZeroCopyChannel,
} from "dormouse";
import { isMore, over, play, start, type Rounds } from "./round.js";

const channel = new Channel<number>(2);
const newest = new DropNewestChannel<number>(1);
const oldest = new DropOldestChannel<number>(1);
const urgent = new PriorityChannel<number>(2, (a, b) => a - b);
const slots = new ZeroCopyChannel([{ value: 1 }, { value: 2 }]);
const pipe = new Pipe(5);
const bytes = new Uint8Array([1, 2, 3]);
const topic = new PubSub<number>(2);
const messages = topic.subscribe();
const closed = new Channel<number>(1);
const ended = new PubSub<number>(1);
const dry = new Pipe(1);
const empty = new ZeroCopyChannel([{ value: 1 }]);
closed.close();
ended.close();
dry.close();
empty.close();

const signal = new Signal<number>();
const watch = new Watch(1);
const settles = new Debounce<number>(ms(3));
const mutex = new Mutex();
const lock = new RwLock();
const permits = new Semaphore(3);
const greedy = new GreedySemaphore(3);
const event = new Event();
const auto = new AutoResetEvent();
const latch = new Latch(1);
const barrier = new Barrier(2);
const cell = new OnceCell<number>();
cell.set(1);
const objects = new ObjectPool(2, (i) => ({ i }));
const blocks = new BlockPool(2, 4);
const ring = new RingBuffer<number>(2);

const backoff = new Backoff({ first: ms(1), limit: ms(8), times: 100 });
const meter = new Meter(8, now, 5);
const counts = makeExecutorCounts();
const own = makeTaskCounts();
const dog = new Watchdog(() => undefined);

let sum = 0;

function add(value: number | boolean): void {
  sum = (sum + Number(value)) & 0xff;
}

const queues = task(async function queues() {
  while (isMore()) {
    add(channel.trySend(1) && channel.length === 1 && channel.capacity === 2);
    await channel.receive();
    add(newest.trySend(1) || newest.trySend(1) || newest.dropped > 0);
    await newest.receive();
    add(oldest.trySend(1) && oldest.trySend(2) && oldest.dropped > 0);
    await oldest.receive();
    add(urgent.trySend(2) && urgent.trySend(1));
    await urgent.receive();
    await urgent.receive();
    const slot = slots.tryReserve();
    if (slot !== null) {
      slots.abandon();
      slot.value = slots.tryReserve()!.value & 3;
      slots.commit();
    }
    if (slots.tryReceive() !== null) slots.release();
    add(pipe.tryWrite(bytes) + pipe.tryRead(bytes) + pipe.length + pipe.capacity);
    topic.publish(1);
    topic.publish(2);
    topic.publish(3);
    await messages.receive();
    await messages.receive();
    add(messages.lagged);
    if ((await closed.receive()) === CLOSED && !closed.trySend(1) && dry.isClosed) add(1);
    ended.close();
    add((await dry.read(bytes)) + (empty.tryReserve() === null ? 1 : 0) + topic.capacity);
    await yieldNow();
  }
  over();
});

const flags = task(async function flags() {
  while (isMore()) {
    signal.set(1);
    signal.set(2);
    add(await signal.wait());
    watch.set(watch.value ^ 1);
    settles.set(1);
    using _mutex = mutex.tryLock()!;
    add(mutex.isLocked && mutex.tryLock() === null);
    lock.tryRead()!.release();
    const writes = lock.tryWrite()!;
    add(lock.isWriting && lock.tryRead() === null && lock.readers === 0);
    writes.release();
    permits.tryAcquire(2)!.release();
    greedy.tryAcquire()!.release();
    add(permits.available + greedy.available);
    event.set();
    event.reset();
    auto.set();
    auto.reset();
    add(event.isSet || auto.isSet);
    if (latch.count > 0 && barrier.waiting === 0) latch.countDown();
    add(cell.set(2) || !cell.isSet || cell.get() === 2);
    await cell.wait();
    await yieldNow();
  }
  over();
});

const stores = task(async function stores() {
  while (isMore()) {
    const object = objects.tryBorrow()!;
    add(object.i + objects.available + objects.capacity);
    objects.giveBack(object);
    objects.check();
    const block = blocks.tryBorrow()!;
    add(blocks.blockSize);
    blocks.giveBack(block);
    ring.push(1);
    ring.push(2);
    add(ring.push(3));
    add(ring.shift()! + ring.at(0)! + ring.length + ring.capacity);
    ring.clear();
    await yieldNow();
  }
  over();
});

const clocks = task(async function clocks() {
  const limit = dog.watch("rounds", s(100));
  while (isMore()) {
    add(backoff.next() > 0);
    if (backoff.isOver || backoff.count > 50) backoff.reset();
    const start = now();
    await sleep(ms(1));
    add(between(start, now()));
    limit.met();
    add(dog.check() && dog.missed === 0 && limit.limit > 0);
    await yieldNow();
  }
  dog.unwatch(limit);
  over();
});

const counted = task(async function counted() {
  while (isMore()) {
    meter.readAll(counts);
    meter.read(slotOf(currentTask()), own);
    add(counts.polls > 0 && own.polls >= 0 && nameOf(currentTask()) === "counted");
    await yieldNow();
  }
  observe({});
  over();
});

export const rounds: Rounds = {
  "queues that are tried": () => start(() => spawn(queues)),
  "flags and locks that are tried": () => start(() => spawn(flags)),
  "pools and rings that are tried": () => start(() => spawn(stores)),
  "pauses, spans and watchdogs": () => start(() => spawn(clocks)),
  "what is counted": () => {
    observe(meter);
    start(() => spawn(counted));
  },
};

export default function main(): void {
  play(rounds, main);
}
