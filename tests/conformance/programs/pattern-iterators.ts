/** Patterns over what is no array, with awaits in their defaults: items are asked for in turn, iterators closed; the rest of an object. */
/* eslint-disable -- it writes what nobody should */
// @ts-nocheck -- iterables of other items than TypeScript wants
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const w = (...all: unknown[]): void =>
  out.write(all.map((v) => (v === undefined ? "undefined" : JSON.stringify(v))).join(" "));
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  w("a", v);
  return v;
}
async function bad(v: number): Promise<number> {
  await sleep(ms(1));
  throw new RangeError(`bad ${v}`);
}
function* items(n: number): Generator<number | undefined> {
  try {
    for (let i = 0; i < n; i++) {
      w("step", i);
      yield i % 2 ? undefined : i;
    }
  } finally {
    w("closed");
  }
}
class Six {
  *[Symbol.iterator]() {
    yield* items(6);
  }
}
const lists = task(async function lists() {
  try {
    const [x, y = await a("y"), , [z] = [await a("z")]] = items(7);
  } catch (e) {
    w(e.name);
  }
  const [x, y = await a("y"), , z = await a("z"), ...rest] = items(7);
  w(x, y, z, rest);
  const [p, q = await a("q")] = new Six();
  w(p, q);
  try {
    const [p, q = await bad(1)] = new Six();
  } catch (e) {
    w(e.message);
  }
  const map = new Map<string, number | undefined>([
    ["a", 1],
    ["b", undefined],
  ]);
  const [[k1, v1 = await a("v1")], [k2, v2 = await a("v2")], c = await a("none")] = map;
  w(k1, v1, k2, v2, c);
  let s, t;
  [s, t = await a("t")] = new Set([1]);
  w(s, t);
  try {
    [s = await a(1), t = await bad(2)] = items(4);
  } catch (e) {
    w(e.message, s, t);
  }
  for (const [h, i = await a("i")] of [items(1), items(2), items(3)]) w(h, i);
  const [e1 = await a("e1"), ...none] = items(0);
  w(e1, none);
});
const objects = task(async function objects() {
  const source = {
    get one() {
      w("get one");
      return undefined;
    },
    get two() {
      w("get two");
      return 2;
    },
    "thr-ee": 3,
  };
  const { one = await a("one"), ...others } = source;
  w(one, others);
  const { "thr-ee": three, ["t" + (await a("wo"))]: two, ...rest } = source;
  w(three, two, rest);
  const { [await a(6)]: six, ...seven } = { 6: 1, 7: 2 };
  w(six, seven);
  const { ...copy } = await a({ x: 1 });
  w(copy);
  const { z = await a("z"), ...letters } = "xy";
  w(z, letters);
});
export default function main(board: Board): void {
  out = board.console;
  spawn(lists);
  spawn(objects);
}
