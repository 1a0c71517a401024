/** Async generators: their frame is one of the loop that goes over them, and leaving the loop runs what they clean up. */
import { Channel, TIMED_OUT, cancel, ms, select, sleep, spawn, task, timeout, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function* count(to: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    await yieldNow();
    yield i;
  }
}

/** Says what it cleans up, and takes its time. */
async function* careful(name: string): AsyncGenerator<string, number> {
  try {
    for (let i = 1; ; i++) {
      try {
        yield `${name}${i}`;
      } catch {
        out.write("never");
      } finally {
        out.write(`${name} inner ${i}`);
      }
      if (i === 3) return i;
    }
  } finally {
    await sleep(ms(1));
    out.write(`${name} outer`);
  }
}

async function* nested(list: readonly string[]): AsyncGenerator<string> {
  yield* list;
  const last = yield* careful("d");
  yield `${last}`;
  for await (const item of careful("n")) {
    if (item === "n2") continue;
    yield item + list.length;
  }
}

class Sensor {
  constructor(private readonly values: number[]) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    for (const value of this.values) {
      await sleep(ms(1));
      yield value;
    }
  }

  async *twice(): AsyncGenerator<number> {
    for await (const value of this) {
      yield value;
      yield value;
    }
  }
}

async function* fails(at: number): AsyncGenerator<number> {
  try {
    for (let i = 0; ; i++) {
      if (i === at) throw new Error(`fails at ${i}`);
      yield i;
    }
  } finally {
    out.write("fails: finally");
    if (at > 5) throw new Error("fails in finally");
  }
}

async function leave(how: string): Promise<string> {
  for await (const item of careful(how)) {
    out.write(item);
    if (how === "break") break;
    if (how === "return") return "returned";
    if (how === "throw") throw new Error("thrown");
  }
  return "end";
}

async function errors(): Promise<void> {
  for (const at of [2, 9, 10]) {
    try {
      for await (const i of fails(at)) {
        if (i === 4 && at === 9) break;
        if (i === 4) throw new Error("of the body");
      }
    } catch (error) {
      out.write((error as Error).message);
    }
  }
}

const main1 = task(async function main1() {
  for await (const i of count(2)) for await (const j of count(2)) out.write(`${i} ${j}`);
  for await (const i of count(1)) out.write(`again ${i}`);
  const kept: (() => number)[] = [];
  for await (const i of count(3)) kept.push(() => i);
  out.write(kept.map((each) => each()).join());
  for (const how of ["end", "break", "return", "throw"]) {
    try {
      out.write(await leave(how));
    } catch (error) {
      out.write((error as Error).message);
    }
  }
  for await (const item of nested(["a", "b"])) {
    out.write(item);
    if (item === "n32") break;
  }
  outer: for (const n of [1, 2]) {
    for await (const item of careful("o")) {
      if (n === 1) continue outer;
      out.write(item);
      break outer;
    }
  }
  await errors();
  for await (const value of new Sensor([5, 6])) out.write(String(value));
  for await (const value of new Sensor([7]).twice()) out.write(String(value));
  let base = 10;
  async function* local(by: number): AsyncGenerator<number> {
    while (base < 13) {
      base += by;
      yield base;
    }
  }
  for await (const value of local(2)) {
    out.write(String(value));
    base--;
  }
  spawn(dropped);
});

async function pass(name: string, channel: Channel<string>): Promise<string> {
  for await (const item of careful(name)) await channel.send(item);
  return "passed";
}

async function* slow(): AsyncGenerator<number> {
  try {
    yield 1;
    await sleep(ms(50));
    yield 2;
  } finally {
    await sleep(ms(1));
    out.write("slow: finally");
  }
}

async function letter(at: number): Promise<string> {
  await yieldNow();
  return "abc"[at]!;
}

async function* keyed(at: number): AsyncGenerator<string> {
  yield Object.keys({ [await letter(at)]: 1, ...{ z: 2 } }).join();
}

/** A call that loses, and a task that is cancelled: in the loop, in the generator, and in what that cleans up. */
const dropped = task(async function dropped() {
  const channel = new Channel<string>(1);
  out.write(String((await timeout(pass("lost", channel), ms(3))) === TIMED_OUT));
  const { arm } = await select({ pass: pass("second", channel), tick: sleep(ms(3)) });
  out.write(arm);
  for (const at of [1, 4]) {
    const id = spawn(cancelled, at);
    await sleep(ms(at));
    cancel(id);
    await sleep(ms(8));
  }
  for await (const keys of keyed(1)) out.write(keys);
});

const cancelled = task(async function cancelled(at: number) {
  try {
    for await (const i of slow()) {
      out.write(`at ${at}: ${i}`);
      await sleep(ms(2));
      if (at === 1) out.write("never");
    }
  } finally {
    out.write("cancelled");
  }
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
