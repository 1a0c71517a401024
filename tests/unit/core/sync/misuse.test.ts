/** What is refused of each primitive, by its code; and that it works as before after that. */
import * as assert from "uvu/assert";
import { DONE, PENDING, drop, take } from "../../../../core/op.js";
import * as core from "../../../../core/index.js";
import { aim } from "../../../../core/scheduler.js";
import { startedBy } from "../../../support/ops.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/sync: misuse");

const BAD_COUNTS = [0, -1, 1.5, NaN, Infinity];

/** Makers of what has a size. */
const SIZED: Readonly<Record<string, (count: number) => unknown>> = {
  channel: (count) => new core.Channel(count),
  "drop-newest": (count) => new core.DropNewestChannel(count),
  "drop-oldest": (count) => new core.DropOldestChannel(count),
  "priority-channel": (count) => new core.PriorityChannel<number>(count, (a, b) => a - b),
  pipe: (count) => new core.Pipe(count),
  "pub-sub": (count) => new core.PubSub(count),
  semaphore: (count) => new core.Semaphore(count),
  "greedy-semaphore": (count) => new core.GreedySemaphore(count),
  latch: (count) => new core.Latch(count),
  barrier: (count) => new core.Barrier(count),
};

function refused(code: string, act: () => unknown): void {
  assert.throws(act, (error: { code: string }) => error.code === code);
  // What an operation was meant for is not there for the next one.
  aim(null as never);
}

for (const [name, make] of Object.entries(SIZED)) {
  test(`a size of ${name} is a whole number of at least 1 (E121)`, () => {
    for (const count of BAD_COUNTS) refused("E121", () => make(count));
  });
}

test("a zero-copy channel has a slot (E121)", () => {
  refused("E121", () => new core.ZeroCopyChannel([]));
});

test("a semaphore gives and takes whole numbers of permits, up to all of them (E123, E124)", () => {
  const semaphore = new core.Semaphore(3, 1);
  for (const count of [-1, 0.5, 3, NaN]) refused("E123", () => semaphore.release(count));
  for (const count of [0, -1, 1.5, 4, NaN]) {
    refused("E124", () => startedBy(() => semaphore.acquire(count)));
    refused("E124", () => semaphore.tryAcquire(count));
  }
  for (const free of [-1, 4, 0.5]) refused("E124", () => new core.Semaphore(3, free));

  assert.is(semaphore.available, 1);
  semaphore.release(2);
  assert.is(take(startedBy(() => semaphore.acquire(3))) === semaphore.tryAcquire(), false);
  assert.is(semaphore.available, 0);
});

test("a guard of a semaphore gives back as many as were acquired, and is the same for equal numbers", () => {
  const semaphore = new core.Semaphore(4);
  const two = semaphore.tryAcquire(2)!;
  assert.is(semaphore.tryAcquire(2), two);

  two.release();
  two.release();

  assert.is(semaphore.available, 4);
  refused("E123", () => two.release());
});

test("who was woken for a lock has not got it yet: nobody can release it (E122)", () => {
  const [mutex, lock, cell] = [new core.Mutex(), new core.RwLock(), new core.OnceCell<number>()];
  const ops = [() => mutex.lock(), () => lock.write(), () => cell.init()].map((start) => startedBy(start));
  for (const held of [mutex, lock, cell]) refused("E122", () => held.release());

  assert.equal(
    ops.map((op) => op.state_),
    [DONE, DONE, DONE],
  );
  ops.map(take);
  for (const held of [mutex, lock, cell]) {
    held.release();
    refused("E122", () => held.release());
  }
});

test("nobody releases for readers that were woken and have not run yet (E122)", () => {
  const lock = new core.RwLock();
  const reader = startedBy(() => lock.read());
  refused("E122", () => lock.release());

  assert.is(lock.readers, 1);
  drop(reader);
  assert.is(lock.readers, 0);
});

test("a latch does not go below zero (E125)", () => {
  const latch = new core.Latch(2);
  for (const by of [3, -1, 0.5, NaN]) refused("E125", () => latch.countDown(by));
  assert.is(latch.count, 2);
});

test("slots are committed and released once (E126)", () => {
  const channel = new core.ZeroCopyChannel(["a", "b"]);
  const woken = startedBy(() => channel.reserve());
  refused("E126", () => channel.commit());
  take(woken);
  channel.commit();
  refused("E126", () => channel.commit());
  refused("E126", () => channel.release());

  assert.is(channel.tryReceive(), "a");
  channel.release();
  refused("E126", () => channel.release());
});

test("a range of a pipe lies in its bytes (E129)", () => {
  const pipe = new core.Pipe(4);
  const bytes = new Uint8Array(3);
  for (const [start, end] of [
    [-1, 2],
    [2, 1],
    [0, 4],
    [0.5, 1],
    [NaN, 2],
  ] as const) {
    refused("E129", () => pipe.tryWrite(bytes, start, end));
    refused("E129", () => startedBy(() => pipe.read(bytes, start, end)));
  }
  assert.equal([pipe.tryWrite(bytes, 3, 3), pipe.tryWrite(bytes), pipe.length], [0, 3, 3]);
});

test("a subscription is of one task at a time (E128), also when its wait was given up", () => {
  const topic = new core.PubSub<string>(2);
  const messages = topic.subscribe();
  const first = startedBy(() => messages.receive());
  refused("E128", () => startedBy(() => messages.receive()));

  drop(first);
  const second = startedBy(() => messages.receive());
  topic.publish("a");

  assert.equal([second.state_, take(second)], [DONE, "a"]);
  assert.is(startedBy(() => messages.receive()).state_, PENDING);
});

test("a subscriber that is behind by more than 2^31 messages loses all but the last ones", () => {
  const topic = new core.PubSub<number>(2);
  const messages = topic.subscribe();
  // As if that many had been published.
  topic.sent_ = (0x7fffffff + 10) | 0;
  topic.publish(1);
  topic.publish(2);

  assert.is(take(startedBy(() => messages.receive())), 1);
  assert.equal([messages.lagged, messages.length], [0x7fffffff + 10, 1]);
});
