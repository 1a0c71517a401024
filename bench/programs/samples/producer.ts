/** A producer and a consumer over a channel; both clean up, and the consumer gives up when it has had too much. */
import { Channel, CLOSED, ms, sleep, spawn, task } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

const produce = task(async function produce(items: Channel<number>, count: number) {
  try {
    for (let i = 0; i < count; i++) {
      if (!(await items.send(i * i))) return;
      if (i % 8 === 7) await sleep(ms(1));
    }
  } finally {
    items.close();
    print("produced");
  }
});

const consume = task(async function consume(items: Channel<number>, limit: number) {
  let sum = 0;
  try {
    for (;;) {
      const item = await items.receive();
      if (item === CLOSED) return;
      sum += item;
      if (sum > limit) throw new Error("enough");
    }
  } catch (error) {
    print("stopped: " + (error as Error).message);
    for (let left = await items.receive(); left !== CLOSED; left = await items.receive()) sum -= 1;
  } finally {
    await sleep(ms(2));
    print("consumed " + sum);
  }
});

export default function main(): void {
  const items = new Channel<number>(2);
  spawn(produce, items, 4 * rounds);
  spawn(consume, items, 5 * rounds * rounds * rounds);
}
