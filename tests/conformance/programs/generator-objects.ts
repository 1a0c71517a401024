/** Objects of async generators that wait for futures: kept, passed on, asked by hand, closed, given up. */
import { cancel, ms, select, settled, sleep, spawn, task, timeout, TIMED_OUT, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const log = (...parts: unknown[]) => {
  out.write(parts.map((p) => (typeof p === "string" ? p : JSON.stringify(p))).join(" "));
};
async function* count(n: number, name = "c"): AsyncGenerator<number, string, void> {
  try {
    for (let i = 0; i < n; i++) {
      yield i;
      await sleep(ms(1));
    }
    return name + n;
  } finally {
    await yieldNow();
    log("closed", name);
  }
}
async function* map<T, U>(source: AsyncIterable<T>, fn: (x: T) => Promise<U>): AsyncGenerator<U, void, void> {
  for await (const x of source) yield await fn(x);
}
async function* zip<T>(...sources: AsyncGenerator<T, unknown, void>[]): AsyncGenerator<T[], void, void> {
  try {
    for (;;) {
      const row: T[] = [];
      for (const s of sources) {
        const step = await s.next();
        if (step.done) return;
        row.push(step.value);
      }
      yield row;
    }
  } finally {
    for (const s of sources) await s.return(undefined);
    log("zip over");
  }
}
async function collect<T>(source: AsyncIterable<T>, max = 100): Promise<T[]> {
  const all: T[] = [];
  for await (const x of source) {
    all.push(x);
    if (all.length >= max) break;
  }
  return all;
}
async function* doubledList(source: AsyncIterable<number>): AsyncGenerator<number, void, void> {
  for (const x of await collect(source)) yield x * 2;
}
async function* withResult(
  source: AsyncGenerator<number, string, void>,
): AsyncGenerator<number, string, void> {
  const r = yield* source;
  log("result", r);
  return r + "!";
}
interface Tree {
  v: number;
  kids?: Tree[];
}
async function* walk(tree: Tree): AsyncGenerator<number, void, void> {
  yield tree.v;
  for (const kid of tree.kids ?? []) {
    const inner = walk(kid);
    for await (const v of inner) yield v;
  }
  await sleep(ms(1));
}
class Sensor {
  constructor(private readonly base: number) {}
  async *samples(n: number, ...offsets: number[]): AsyncGenerator<number, void, void> {
    for (let i = 0; i < n; i++) {
      await sleep(ms(1));
      yield this.base + i + (offsets[i] ?? 0);
    }
  }
}
// eslint-disable-next-line max-lines-per-function -- one case after the other
const run = task(async function run() {
  const it = count(5, "it");
  for await (const x of it) {
    log("a", x);
    if (x === 1) break;
  }
  for await (const x of it) log("never", x);
  log(await it.next());
  const half = count(3, "half");
  log(await half.next(), await half.next());
  for await (const x of half) log("rest", x);
  log(await half.next(), await half.return("r"));
  const un = count(2, "unused");
  log(await un.return("early"), await un.next());
  const offset = 10;
  for await (const x of map(count(3, "m"), async (x) => {
    await yieldNow();
    return x + offset;
  }))
    log("mapped", x);
  for await (const row of zip(count(2, "z1"), count(5, "z2"), new Sensor(7).samples(9, 100, 200))) log(row);
  log(await collect(map(doubledList(map(count(3, "n"), async (x) => x + 1)), async (x) => `<${x}>`)));
  log(await collect(withResult(count(2, "w"))), await collect(count(50, "cut"), 2));
  log(await collect(walk({ v: 1, kids: [{ v: 2, kids: [{ v: 3 }] }, { v: 4 }] })));
  const list = [count(1, "l0"), count(2, "l1")];
  for (const each of list) for await (const x of each) log("l", x);
  const args = [2, 1, 1] as const;
  for await (const x of map(new Sensor(0).samples(...args), async (x) => x * x)) log("sq", x);
  async function* local(k: number): AsyncGenerator<number, void, void> {
    for (let i = 0; i < k; i++) {
      yield i * offset;
      await yieldNow();
    }
  }
  const l = local(3);
  log(await l.next());
  log(await collect(l));
  const slow = count(10, "slow");
  const got = await timeout(collect(slow), ms(3));
  log(got === TIMED_OUT ? "late" : got);
  try {
    for await (const x of slow) log("x", x);
  } catch (e) {
    log("again", (e as Error).message.slice(0, 4));
  }
  const bad = map(count(3, "bad"), async (x) => {
    if (x === 1) throw new RangeError("one");
    return x;
  });
  try {
    for await (const x of bad) log("bad", x);
  } catch (e) {
    log((e as Error).message);
  }
  for await (const x of bad) log("after", x);
  try {
    for await (const x of count(3, "body")) {
      log("body", x);
      throw new Error("from body");
    }
  } catch (e) {
    log((e as Error).message);
  }
  const r = await select({ a: collect(count(9, "arm")), b: sleep(ms(2)) });
  log(r.arm);
});
const victim = task(async function victim(id: number) {
  const inner = map(count(9, "v" + id), async (x) => {
    await sleep(ms(1));
    return x;
  });
  log("first", (await inner.next()).value);
  try {
    for await (const x of inner) log("v", x);
  } finally {
    await sleep(ms(1));
    log("victim over");
  }
});
const main_ = task(async function main_() {
  await settled(spawn(run));
  for (const at of [1, 2, 3, 4]) {
    const id = spawn(victim, at);
    await sleep(ms(at));
    cancel(id);
    await settled(id);
  }
  log("finished");
});
export default function main(board: Board): void {
  out = board.console;
  spawn(main_);
}
