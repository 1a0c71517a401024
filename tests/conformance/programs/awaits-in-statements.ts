/** Awaits in statements: jumps through several `finally` blocks, `switch` with awaits in its tests, loops whose rounds closures hold. */
/* eslint-disable -- it writes what nobody should */
// @ts-nocheck -- cases fall through
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const log = (name: string, value?: unknown): void =>
  out.write(`${name} ${value === undefined ? "undefined" : JSON.stringify(value)}`);
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  return v;
}
async function fin(kind: string): Promise<string> {
  outer: for (let i = 0; i < 3; i++) {
    try {
      inner: for (const j of [1, 2, 3]) {
        try {
          try {
            await a(0);
            switch (kind) {
              case "break":
                break;
              case "breakInner":
                break inner;
              case "breakOuter":
                break outer;
              case "continueOuter":
                if (j === 2) continue outer;
                break;
              case "continueInner":
                continue inner;
              case "return":
                if (i === 1) return `ret ${i}${j}`;
                break;
              case "throw":
                if (i === 1) throw new Error(`thrown ${j}`);
                break;
              case await a("await"):
                log("case"); // falls through
              default:
                log("default", [i, j]);
            }
          } finally {
            await a(1);
            log("f1", [i, j]);
          }
        } catch (error) {
          log("caught", (error as Error).message);
          if (j === 2) throw new Error("again");
        } finally {
          log("f2", [i, j]);
          await sleep(ms(1));
          if (kind === "breakFinally" && j === 2) break;
        }
      }
    } finally {
      await a(0);
      log("f3", i);
      if (kind === "overrule") return "overruled";
    }
  }
  return "end";
}
async function sw(v: number | string): Promise<string> {
  let r = "";
  switch (await a(v)) {
    case 1: {
      const x = await a("one");
      r += x;
      break;
    }
    case 2:
      r += "two";
    case await a(3):
      let y = "shared";
      r += y;
      const f = () => y;
      y += await a("!");
      r += f();
    default:
      r += "default";
      y = "late";
      r += y;
    case 4:
      r += "four";
      break;
    case "s":
      class K {
        t() {
          return "K";
        }
      }
      r += new K().t();
  }
  return r;
}
const flow = task(async function flow() {
  for (const kind of [
    "break",
    "breakInner",
    "breakOuter",
    "continueOuter",
    "continueInner",
    "return",
    "throw",
    "await",
    "breakFinally",
    "overrule",
  ]) {
    try {
      log(kind, await fin(kind));
    } catch (e) {
      log(`${kind} threw`, (e as Error).message);
    }
  }
  for (const v of [1, 2, 3, 4, 5, "s"]) log("sw", await sw(v));
  // loops with closures
  const fs: (() => unknown)[] = [];
  for (let i = 0, n = await a(3); i < n; i++) {
    fs.push(() => i);
    if (i === 1) i += await a(0);
  }
  for (const k in await a({ p: 1, q: 2 })) {
    await a(0);
    fs.push(() => k);
  }
  for (const c of await a("ab")) {
    fs.push(() => c);
    await a(0);
  }
  for (const [k, v] of new Map([
    ["m", 1],
    ["n", 2],
  ])) {
    await a(0);
    fs.push(() => k + v);
  }
  for (const v of new Set([5, 6])) {
    if (await a(v === 5)) continue;
    fs.push(() => v);
  }
  let w = 0;
  while (await a(w < 2)) {
    const z = w++;
    fs.push(() => z);
  }
  do {
    var hoisted = w;
    let q = w--;
    fs.push(() => q);
  } while (await a(w > 0));
  log("closures", [fs.map((f) => f()), hoisted]);
  for (let i = 0, f = () => i; i < 2; i++) {
    await a(0);
    log("head", [f(), i]);
  }
  l: {
    if (await a(true)) break l;
    log("no");
  }
  l2: if (await a(true)) {
    log("in");
    break l2;
  }
  let count = 0;
  again: for (;;) {
    for (;;) {
      if (++count < 3) continue again;
      await a(0);
      break again;
    }
  }
  log("count", count);
  for (let x of [1, 2]) {
    x *= 10;
    await a(0);
    log("x", x);
  }
  const obj: Record<string, number> = { b: 1, a: 2 };
  for (const k in obj) {
    if (k === "b") delete obj["a"];
    await a(0);
    log("key", k);
  }
  for (let i = 0; i < 3; i++)
    switch (i) {
      case 1:
        continue;
      default:
        await a(0);
        log("i", i);
    }
  const list = [3, 1, 2];
  for (const v of list) {
    if (v === 3) list.push(9);
    await a(0);
    log("live", v);
  }
  hoist();
  function hoist() {
    log("hoisted", typeof later);
  }
  const later = 1;
  try {
    await a(early());
  } catch (e) {
    log("tdz", [(e as Error).name, (e as Error).message]);
  }
  const tdz = 1;
  function early() {
    return tdz;
  }
});
export default function main(board: Board): void {
  out = board.console;
  spawn(flow);
}
