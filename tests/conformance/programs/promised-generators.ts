/** Async generators that wait for promises alone are objects: kept, passed on, asked by hand, by tasks and by plain code. */
import { Signal, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const log = (value: unknown): void => out.write(typeof value === "string" ? value : JSON.stringify(value));

class Pages {
  constructor(private readonly pages: string[][]) {}
  private async fetch(at: number) {
    await Promise.resolve();
    return this.pages[at];
  }
  async *items(): AsyncGenerator<string, number> {
    let count = 0;
    try {
      for (let at = 0; ; at++) {
        const page = await this.fetch(at);
        if (page === undefined) return count;
        for (const item of page) {
          count++;
          yield item;
        }
      }
    } finally {
      log("closed after " + count);
    }
  }
  [Symbol.asyncIterator]() {
    return this.items();
  }
}

async function* map<T, U>(source: AsyncIterable<T>, fn: (item: T) => U | Promise<U>): AsyncGenerator<U> {
  for await (const item of source) yield await fn(item);
}

async function* batch<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let items: T[] = [];
  for await (const item of source) {
    items.push(item);
    if (items.length < size) continue;
    yield items;
    items = [];
  }
  if (items.length) yield items;
}

async function* ticks(n: number): AsyncGenerator<number, string, number | undefined> {
  let step = 1;
  for (let i = 0; i < n; i += step) {
    await Promise.resolve();
    step = (yield i) ?? step;
  }
  return "over";
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

async function plain(): Promise<unknown[]> {
  const it = ticks(10);
  const steps = [await it.next(), await it.next(3), await it.next(4), await it.next(), await it.next()];
  const rest: number[] = [];
  for await (const item of ticks(3)) rest.push(item);
  return [...steps, rest];
}

const told = new Signal<unknown[]>();
const pages = new Pages([["a", "b"], [], ["c", "d", "e"]]);

const run = task(async function run() {
  for (const each of await told.wait()) log(each);
  for await (const items of batch(
    map(pages, async (item) => item.toUpperCase()),
    2,
  )) {
    await sleep(ms(1));
    log(items);
  }
  log(await collect(map(pages.items(), (item) => item + item)));
  for await (const item of pages) {
    await yieldNow();
    if (item === "c") break;
    log(item);
  }
  const items = pages.items();
  log([await items.next(), await items.return(5), await items.next()]);
  const it = ticks(5);
  log(await it.next());
  for await (const item of it) {
    await sleep(ms(1));
    if (item === 3) break;
    log(item);
  }
  log(await it.next());
});

export default function main(board: Board): void {
  out = board.console;
  spawn(run);
  void plain().then((lines) => told.set(lines));
}
