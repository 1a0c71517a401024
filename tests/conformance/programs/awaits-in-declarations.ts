/** Awaits in and around declarations: enums, namespaces, classes with statics, accessors and private names, overloads, generics, defaults, getters that give async functions. */
/* eslint-disable -- it writes what nobody should */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const log = (name: string, value?: unknown): void =>
  out.write(`${name} ${value === undefined ? "undefined" : JSON.stringify(value)}`);
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  return v;
}
enum Level {
  Low,
  Mid = 5,
  High,
  Both = Low | High,
}
const enum Fast {
  One = 1,
  Two = One * 2,
}
enum Word {
  Yes = "yes",
  No = "no",
}
namespace Geo {
  export const unit = 2;
  export interface Shape {
    area(): Promise<number>;
  }
  export async function square(n: number): Promise<number> {
    await yieldNow();
    return n ** unit;
  }
  export namespace Inner {
    export let calls = 0;
    export async function hit() {
      calls++;
      return square(calls);
    }
  }
}
namespace Geo {
  export async function cube(n: number) {
    return (await square(n)) * n;
  }
}
class Temp {
  static readonly zero = 273;
  static #count = 0;
  static {
    Temp.#count = 10;
  }
  #v: number;
  protected log: string[] = [];
  static async make(v: number) {
    await yieldNow();
    Temp.#count++;
    return new Temp(v);
  }
  constructor(v: number) {
    this.#v = v;
  }
  get kelvin() {
    return this.#v + Temp.zero;
  }
  set kelvin(k) {
    this.#v = k - Temp.zero;
  }
  async warm(by = 1, { fast = false, times: n = fast ? 2 : 1 }: { fast?: boolean; times?: number } = {}) {
    for (let i = 0; i < n; i++) {
      await sleep(ms(1));
      this.#v += by;
      this.log.push(`w${i}`);
    }
    return this;
  }
  async *steps(to: number) {
    for (let i = this.#v; i < to; i++) {
      const got: unknown = yield i;
      log("got", got);
    }
    return "done";
  }
  get reader() {
    return async (k: number) => {
      await yieldNow();
      return this.#v + k;
    };
  }
  static async total() {
    await yieldNow();
    return this.#count;
  }
  toJSON() {
    return `T${this.#v}`;
  }
}
class Hot extends Temp {
  override async warm(by = 2, o: { fast?: boolean; times?: number } = { fast: true }) {
    const r = await super.warm(by, o);
    this.log.push("hot");
    return r;
  }
  get all() {
    return this.log.join();
  }
}
abstract class Shape<T> {
  abstract area(k: T): Promise<number>;
  async twice(k: T): Promise<number> {
    return 2 * (await this.area(k));
  }
}
class Box extends Shape<number> {
  async area(k: number) {
    await yieldNow();
    return k * k;
  }
}
class Disc extends Shape<string> {
  async area(k: string) {
    await yieldNow();
    return k.length;
  }
}
async function over(x: number): Promise<number>;
async function over(x: string): Promise<string>;
async function over(x: number | string): Promise<number | string> {
  await yieldNow();
  return typeof x === "number" ? x + 1 : x + "1";
}
async function generic<T extends { id: number }, K extends keyof T>(item: T, key: K): Promise<T[K]> {
  await yieldNow();
  return item[key];
}
async function defaults(x: number, y = x + 1, z = y * 2, ...rest: number[]) {
  await yieldNow();
  return [x, y, z, rest.length, 1];
}
async function args() {
  await yieldNow();
  return [arguments.length, ...arguments];
}
const arrow = async (n: number, f = async (k: number) => (await a(k)) + n) => f(n);
const obj = {
  base: 10,
  async m(n: number) {
    await yieldNow();
    return this.base + n;
  },
  async "quoted name"() {
    return a("q");
  },
  async [`comp${1}`]() {
    return a("c");
  },
  nested: {
    async deep() {
      return a("deep");
    },
  },
  make() {
    return { go: async (n: number) => (await a(n)) + this.base };
  },
};
const table = {
  up: async (n: number) => (await a(n)) + 1,
  down: async (n: number) => (await a(n)) - 1,
} as const satisfies Record<string, (n: number) => Promise<number>>;
function isKey(k: string): k is keyof typeof table {
  return k in table;
}
const decl = task(async function decl() {
  log("enum", [Level.Mid, Level[6], Level.Both, await a(Level.High), Fast.Two, Word.No, Object.keys(Word)]);
  enum Local {
    A = 3,
    B,
  }
  log("local", [Local.B, Local[await a(3)]]);
  log("ns", [
    await Geo.square(3),
    await Geo.cube(2),
    await Geo.Inner.hit(),
    await Geo.Inner.hit(),
    Geo.Inner.calls,
  ]);
  const t = await Temp.make(3);
  log("t", [await t.warm(), await t.warm(5, { fast: true }), t.kelvin, await Temp.total()]);
  t.kelvin = 280;
  t.kelvin += await a(1);
  log("k", [t.kelvin, await t.reader(1)]);
  const h = new Hot(1);
  await h.warm();
  log("h", [h, h.all, await h.warm(1, { times: 3 }), h.all]);
  const shapes: [Shape<number>, number][] = [[new Box(), 3]];
  for (const [s, k] of shapes) log("shape", await s.twice(k));
  log("disc", await new Disc().twice("abc"));
  log("over", [await over(1), await over("x"), await generic({ id: 1, name: "n" }, "name")]);
  log("def", [await defaults(1), await defaults(1, undefined, 5, 6, 7), await args(), await arrow(4)]);
  log("obj", [
    await obj.m(1),
    await obj["quoted name"](),
    await obj["comp1"]!(),
    await obj.nested.deep(),
    await obj.make().go(5),
  ]);
  for (const k of ["up", "down", "other"]) if (isKey(k)) log(k, await table[k](10));
  for await (const v of t.steps(10)) log("step", v);
  class Inner extends Box {
    static s = 4;
    static {
      this.s++;
    }
    ["k5"] = "field";
    v = Inner.s;
    async mine(k: number) {
      return (await super.area(k)) + this.v;
    }
  }
  const Expr = class Named {
    static async make() {
      await yieldNow();
      return new Named();
    }
    q = 1;
    get me() {
      return this.q;
    }
  };
  log("inner", [
    await new Inner().mine(2),
    (new Inner() as unknown as Record<string, unknown>)["k5"],
    (await Expr.make()).me,
  ]);
  const acc = {
    v: 1,
    get w() {
      return this.v;
    },
    set w(x) {
      this.v = x;
    },
  };
  acc.w = await a(5);
  acc.w **= 2;
  log("acc", acc.w);
  const fn = function named(n: number): number {
    return n < 2 ? 1 : n * named(n - 1);
  };
  log("rec", fn(await a(5)));
  const tuple = [1, "two", { three: 3 }] as const;
  const [n1, , { three }] = tuple;
  log("tuple", [n1, three, (await a(tuple))[1]]);
  const { length } = "four" as string;
  const d = (await a(new Date(0))).getTime();
  log("misc", [length, d, [...(await a([1, 2, 3]))].reverse(), (await a([3, 1, 2])).sort((x, y) => x - y)]);
  let u: number | undefined;
  u = (await a(0)) || undefined;
  u ??= 4;
  log("u", u!);
  label: try {
    if (u) break label;
    log("no");
  } finally {
    await a(0);
    log("fin");
  }
  log(
    "iife",
    await (async () => {
      await a(1);
      return [1, await a(2)];
    })(),
  );
  const fns = [async () => a(1), async () => a(2)];
  let sum = 0;
  for (const f of fns) sum += await f();
  log("sum", sum);
  const err = await (async () => {
    try {
      return await (async (): Promise<number> => {
        await a(0);
        throw new TypeError("bad");
      })();
    } catch (e) {
      return `${(e as Error).name}: ${(e as Error).message}`;
    }
  })();
  log("err", err);
});
export default function main(board: Board): void {
  out = board.console;
  spawn(decl);
}
