/** Rounds of messages whose allocations are counted, each in one poll: a task gives the bytes that its round took. */
import { task } from "dormouse";
import { SharedBlockPool, SharedChannel, SharedSemaphore, SharedWatch } from "dormouse/node";

const channel = new SharedChannel<number>(4);
const semaphore = new SharedSemaphore(2);
const watch = new SharedWatch<number>(0);
const blocks = new SharedBlockPool(2, 64);

/** Bytes of the heap that are in use; the test provides it. */
declare function used(): number;

/** A frame of numbers keeps its counters as such: these loops are plain functions, which allocate nothing. */
function messages(count: number): void {
  for (let i = 0; i < count; i++) {
    channel.trySend(i);
    channel.tryReceive();
  }
}

function others(count: number): void {
  for (let i = 0; i < count; i++) {
    semaphore.tryAcquire();
    watch.set(watch.version);
    const block = blocks.tryBorrow();
    if (block !== null) {
      blocks.bytes(block)[0] = watch.value;
      blocks.giveBack(block);
    }
    semaphore.release();
  }
}

function halves(count: number): void {
  for (let i = 0; i < count; i++) {
    channel.trySend(i + 0.5);
    channel.tryReceive();
  }
}

/** `what`: 0 for messages, 1 for all else, 2 for messages that are no whole numbers. */
export const round = task(
  async (what: number, count: number) => {
    const before = used();
    if (what === 0) messages(count);
    else if (what === 1) others(count);
    else halves(count);
    return used() - before;
  },
  { shared: true },
);

export default function main(): void {}
