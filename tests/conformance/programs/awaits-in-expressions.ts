/** Awaits in expressions of all kinds: patterns with defaults and computed keys, logical assignments, `**=`, optional chains, tagged templates, spreads, `new`, `delete`. */
/* eslint-disable -- it writes what nobody should */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const log = <T>(name: string, value: T): T => {
  out.write(`${name} ${value === undefined ? "undefined" : JSON.stringify(value)}`);
  return value;
};
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  out.write(`a ${v === undefined ? "undefined" : JSON.stringify(v)}`);
  return v;
}
class P {
  static made = 0;
  constructor(
    readonly x: number,
    ...rest: number[]
  ) {
    P.made += rest.length;
  }
  get double() {
    return this.x * 2;
  }
  set double(v: number) {
    log("set", v);
  }
  m(k: number) {
    return this.x + k;
  }
}
const ops = task(async function ops() {
  // destructuring with defaults that await, nested, computed keys that await, rest
  const key = "k";
  const {
    x,
    y = await a(5),
    z: { w = await a(6) } = await a<{ w?: number }>({}),
    [await a(key)]: computed = await a("c"),
    ...others
  } = { x: 1, p: 2, q: 3 } as unknown as { x: number; y?: number; z?: { w?: number } } & Record<
    string,
    unknown
  >;
  log("d1", [x, y, w, computed, others]);
  let [p1, , p2 = await a(9), ...[p3 = await a(8), p4]] = [1, 2, undefined, undefined, 4] as number[];
  log("d2", [p1, p2, p3, p4]);
  [p1, p2] = [await a(p2), p1!];
  log("d3", [p1, p2]);
  const target = { a: 0, b: [0, 0] };
  ({
    a: target.a,
    b: [target.b[await a(1)]],
  } = { a: await a(7), b: [await a(11)] });
  log("d4", target);
  for (const { v = await a(1), u } of [{ u: 1 }, { u: 2, v: 3 }] as { u: number; v?: number }[])
    log("d5", [v, u]);
  // logical assignment, exponent, comma
  const o: any = { n: null, t: 1, f: 0, deep: { v: 2 } };
  o.n ??= await a("n");
  o.t ??= await a("never");
  o.f ||= await a(3);
  o.t &&= await a(4);
  o["x" + (await a(1))] ??= await a(2);
  log("l1", o);
  let e = 2;
  e **= await a(5);
  e = (await a(1), e) ** 2;
  log("e1", [e, (-(await a(2))) ** 2, 2 ** ((await a(3)) ** 2)]);
  e += await a(1);
  e -= ((e = 10), await a(3));
  log("e2", e);
  o.deep.v += ((o.deep = { v: 100 }), await a(1));
  log("e3", o);
  log("comma", (log("one", 1), await a(2), log("three", 3)));
  // typeof void delete in instanceof
  log("t", [
    typeof (await a(1)),
    typeof (await a(undefined)),
    void (await a(0)) === undefined,
    delete o[await a("n")],
    "n" in o,
    (await a("t")) in o,
    (await a(new P(1))) instanceof ((await a(P)) as typeof P),
  ]);
  // new with awaits, spread
  const made = new P(await a(1), ...(await a([1, 2])), 3, ...[await a(4)]);
  log("new", [made.x, P.made, made.double]);
  made.double = await a(5);
  made.double++;
  made["double"] += await a(1);
  log("list", [0, ...(await a([1])), await a(2), ...(await a("xy"))]);
  log("obj", {
    a: 1,
    ...(await a({ b: 2, a2: 3 })),
    [await a("c")]: await a(4),
    get g() {
      return 5;
    },
  });
  log("call", Math.max(...(await a([3, 9])), await a(4)));
  // optional chaining
  const maybe:
    { f?: (n: number) => number; o?: { g(n: number): number; k: Record<string, number> } } | undefined =
    (await a(true))
      ? {
          f: (n) => n + 1,
          o: {
            k: { z: 4 },
            g(n) {
              return n + this.k["z"]!;
            },
          },
        }
      : undefined;
  const none = ((await a(false)) ? maybe : undefined) as typeof maybe;
  log("oc", [
    maybe?.f?.(await a(1)),
    maybe?.o?.g(await a(2)),
    maybe?.o?.k[await a("z")],
    none?.f?.(await a(3)),
    none?.o?.k[await a("never")],
    maybe?.["o"]?.["g"]?.(await a(3)),
  ]);
  log("oc2", [delete (none as any)?.o, maybe?.o?.g(await a(5)) ?? (await a("dflt")), !maybe?.f]);
  // template, tagged
  const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join("|") + JSON.stringify(v);
  log("tpl", `${await a(1)}-${log("mid", 2)}-${await a(3)}`);
  log("tag", tag`x${await a(1)}\n${maybe?.f?.(await a(2))}z`);
  log("tag2", (await a({ tag })).tag`q${await a(3)}`);
  // conditional, nested awaits
  log("cond", (await a(0)) ? await a("yes") : ((await a(null)) ?? ((await a("")) || (await a("else")))));
  log("neg", [!(await a(0)), -(await a(3)), +(await a("4")), ~(await a(5))]);
  let i = 0;
  const arr: any = [0, 0, 0];
  arr[i++] = i + (await a(10));
  arr[i++] += await a(i);
  arr[i]!++;
  arr[(await a(2)) as 2]!--;
  log("idx", [arr, i]);
  const s = String(await a("s"));
  log("cmp", [s < (await a("t")), s + (await a("u")) + 1, ((await a(2)) * (await a(3))) % 4]);
  log("seq", await a(await a((await a(1)) + 1)));
  log(
    "in",
    [..."ab"].map((c, n) => c + n),
  );
});
export default function main(board: Board): void {
  out = board.console;
  spawn(ops);
}
