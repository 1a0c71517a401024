/* eslint-disable -- dense on purpose */
// @ts-nocheck
/** Constructs of all kinds in one another, with awaits wherever they may stand. */
import {
  Channel,
  Signal,
  TIMED_OUT,
  cancel,
  ms,
  select,
  sleep,
  spawn,
  task,
  timeout,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
async function v<T>(x: T): Promise<T> {
  await yieldNow();
  return x;
}
const log = (...xs: unknown[]): void =>
  out.write(xs.map((x) => (typeof x === "object" && x !== null ? JSON.stringify(x) : String(x))).join(" "));

async function a1(): Promise<void> {
  // labels + switch + finally + closures
  const fs: (() => string)[] = [];
  outer: for (let i = 0; i < 4; i++) {
    sw: switch (i) {
      case 0: {
        const k = i * 10;
        fs.push(() => `k${k}i${i}`);
        try {
          await v(1);
          continue outer;
        } finally {
          i += 0;
          log("f0", i);
        }
      }
      case 1:
        for (const c of "ab") {
          let d = c;
          try {
            if (c === "b") break sw;
            d += await v("!");
            fs.push(() => d);
          } finally {
            d += "?";
            log("f1", c);
          }
        }
        log("never");
      // falls through
      case 2:
        lbl: {
          try {
            if (await v(true)) break lbl;
          } finally {
            log("f2");
            continue outer;
          }
        }
      // falls through
      default:
        fs.push(() => "d" + i);
        break outer;
    }
    log("after switch", i);
  }
  log(fs.map((f) => f()).join());
}
async function a2(): Promise<void> {
  // destructuring with awaits everywhere
  const { a = await v(1), ...r } = { b: 2, c: 3 } as { a?: number; b: number; c: number };
  log(a, r);
  const o: { x?: number; y: { z: number[] } } = { y: { z: [] } };
  [o.x = await v(5), o.y.z[await v(0)]] = [undefined as unknown as number, 7];
  log(o);
  const key = "kk";
  const { [await v(key)]: val = await v("dd"), q: [, second = await v(9), ...rest] = [1, undefined, 3, 4] } =
    {} as Record<string, never>;
  log(val, second, rest);
  let p: number, q: number[];
  ({ p, q = [await v(3)] } = { p: await v(4) } as { p: number; q?: number[] });
  log(p, q);
  for (const [i, { n = await v(i * 2) }] of [
    [1, {}],
    [2, { n: 8 }],
  ] as [number, { n?: number }][])
    log(i, n);
}
async function a3(): Promise<void> {
  // optional chains and templates
  const o = {
    f(x: number) {
      return this === o ? { g: [x, () => x + 1] as const } : null;
    },
    n: null as null | { m(): number },
  };
  log(o?.f(await v(1))?.g[await v(0)], o.n?.m(), o.n?.[(await v("m")) as "m"]?.());
  const tag = (s: TemplateStringsArray, ...xs: unknown[]): string => s.raw.join("|") + xs.join();
  log(tag`a${await v(1)}b${o.f(2)?.g[0]}c${await v("x")}\n`);
  log(`${await v(1)}${[await v(2), `${await v(3)}`].join("-")}`);
  let u: { a?: number } | undefined;
  u ??= await v({});
  u.a ||= await v(3);
  u.a &&= await v(4);
  u.a **= await v(2);
  log(u, delete u.a, "a" in u, typeof (await v(u)), void (await v(1)));
}
class C {
  static #n = 0;
  static list: string[] = [];
  static {
    C.list.push("static block");
  }
  #p = 1;
  get p(): number {
    return this.#p;
  }
  set p(x: number) {
    C.#n++;
    this.#p = x;
  }
  static get n(): number {
    return C.#n;
  }
  async add(by: number): Promise<this> {
    this.p += await v(by);
    this.p++;
    [this.p] = [this.p * 2];
    return this;
  }
  async *items(): AsyncGenerator<number> {
    for (let i = 0; i < this.#p; i++) yield i;
  }
}
async function a4(): Promise<void> {
  const c = new C();
  const same = await c.add(2);
  log(same === c, c.p, C.n, C.list);
  let s = 0;
  for await (const i of c.items()) {
    if (i === 5) break;
    s += i;
  }
  log(s);
}
async function a5(): Promise<void> {
  // finally overriding, nested throws
  const f = async (how: number): Promise<string> => {
    for (;;)
      try {
        try {
          if (how === 1) throw new Error("e1");
          if (how === 2) return await v("r2");
          if (how === 3) break;
        } catch (e) {
          log((e as Error).message);
          throw await v(new Error("e2"));
        } finally {
          await yieldNow();
          if (how === 2) return await v("over");
          if (how === 3) throw new Error("e3");
        }
        return "end";
      } catch (e) {
        return "caught " + (e as Error).message;
      } finally {
        log("out", how);
      }
    return "broke";
  };
  for (const how of [0, 1, 2, 3]) log(await f(how));
}
async function a6(): Promise<void> {
  // do-while continue, comma, ++ with await, closures over var
  let i = 0;
  var fs: (() => number)[] = [];
  do {
    if (i === 1) {
      i++;
      continue;
    }
    var w = i;
    fs.push(() => w);
    i += await v(1);
  } while ((await v(i), i) < 4);
  log(
    i,
    fs.map((f) => f()),
  );
  const arr = [1, 2, 3];
  let j = 0;
  arr[j++] += await v(10);
  arr[await v(j++)]!++;
  log(arr, j, arr[j]! ** (await v(2)), -(await v(2)), !(await v(0)));
  const { length } = await v([1, 2]);
  log(length);
  log(
    (await v(1)) ? await v("t") : "f",
    (await v(null)) ?? (await v("n")),
    (await v(0)) || (await v("o")),
    (await v(1)) && (await v("a")),
  );
  const spread = [...(await v([1, 2])), await v(3), ...new Set([4, await v(4)])];
  log(spread, Math.max(...spread, await v(9)));
  const ob = {
    [await v("k")]: await v(1),
    ...(await v({ z: 1 })),
    get g() {
      return 5;
    },
    m() {
      return this.k;
    },
  } as Record<string, unknown> & { m(): unknown; k: unknown };
  log(ob, ob.m(), ob["g"]);
}
async function a7(): Promise<void> {
  // for heads with awaits and closures
  const fs: (() => number)[] = [];
  for (let i = await v(0), n = await v(3), f = () => i; i < n; fs.push(f), i += await v(1)) {
    if (i === 1) continue;
    fs.push(() => i * 10);
  }
  log(fs.map((f) => f()));
  for (const k in { a: 1, b: await v(2) }) {
    await yieldNow();
    if (k === "a") continue;
    log(k);
  }
  for (const x of await v([1, 2]))
    for (const y of [3, 4]) {
      if (y === 4) break;
      await yieldNow();
      log(x, y);
    }
  let z = 0;
  while (await v(z < 3)) {
    z++;
    if (z === 2) continue;
    log("z", z);
  }
  l1: for (;;) {
    l2: for (;;) {
      await yieldNow();
      break l1;
    }
  }
}
async function a8(): Promise<void> {
  // hoisting, shadowing, this, new
  log(h(1));
  function h(n: number): number {
    return n + g;
  }
  var g = 1;
  const x = 1;
  {
    const x = await v(2);
    {
      const x = await v(3);
      log(x);
    }
    log(x);
  }
  log(x);
  class P {
    constructor(
      readonly a: number,
      readonly b: number = 2,
    ) {}
  }
  log(new P(await v(1)), new (await v(P))(3, await v(4)));
  try {
    const e = 1;
    await v(e);
    throw { e: 5 };
  } catch ({ e = 1 }) {
    await v(e);
    log(e);
  }
  try {
    await v(1);
    throw 0;
  } catch {
    log("bare");
  }
  const arrow = async (...[a, { b } = { b: 3 }]: [number, { b: number }?]): Promise<number> =>
    a + b + (await v(1));
  log(await arrow(1), await arrow(1, { b: 1 }));
  label: {
    await v(1);
    if (x === 1) break label;
    log("never");
  }
  switch (await v(3)) {
    default:
      log("d");
    case 1:
      log("1");
      break;
    case 2:
      log("2");
  }
  switch (await v("b")) {
    case await v("a"):
      log("a");
      break;
    case await v("b"): {
      const y = 1;
      log("b", y);
    }
  }
}
const main1 = task(async function main1() {
  for (const [n, f] of [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n, 0] as const)) {
    log("--", n, f);
    try {
      if (n === 1) await a1();
      else if (n === 2) await a2();
      else if (n === 3) await a3();
      else if (n === 4) await a4();
      else if (n === 5) await a5();
      else if (n === 6) await a6();
      else if (n === 7) await a7();
      else await a8();
    } catch (e) {
      log("ERR", String(e));
    }
  }
});
export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
