/** Generators that begin with a wait for a channel, and go on with one of their own: the first state is that of the loop. */
import { Channel, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const counts = new Channel<number>(4);

async function* upTo(n: number): AsyncGenerator<number> {
  for (let i = 0; i < n; i++) {
    yield i;
    await yieldNow();
  }
}

async function* pairs(from: Channel<number>): AsyncGenerator<string> {
  for await (const x of from) for await (const y of upTo(x)) yield `${x}:${y}`;
}

async function* items(from: Channel<number>): AsyncGenerator<number> {
  for await (const x of from) yield x;
}

async function* all(from: Channel<number>): AsyncGenerator<number> {
  yield* items(from);
}

const show = task(async function show(out: Console) {
  for await (const pair of pairs(counts)) {
    out.write(pair);
    if (pair === "3:1") break;
  }
  for await (const x of items(counts)) {
    out.write(`item ${x}`);
    break;
  }
  for await (const x of all(counts)) out.write(`last ${x}`);
});

const feed = task(async function feed() {
  for (const n of [1, 3, 2, 5, 7]) {
    await sleep(ms(2));
    await counts.send(n);
  }
  counts.close();
});

export default function main(board: Board): void {
  spawn(show, board.console);
  spawn(feed);
}
