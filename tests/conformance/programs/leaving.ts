/* eslint-disable -- dense on purpose */
// @ts-nocheck
/** Resources, generators, arms and inner functions in one another, left in every way. */
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
  CLOSED,
} from "dormouse";
let out;
const log = (...xs) =>
  out.write(xs.map((x) => (typeof x === "object" && x !== null ? JSON.stringify(x) : String(x))).join(" "));
async function v(x) {
  await yieldNow();
  return x;
}
async function slow(n, x) {
  try {
    await sleep(ms(n));
    return x;
  } finally {
    log("slow done", x);
  }
}
class Res {
  constructor(n) {
    this.n = n;
    log("open", n);
  }
  [Symbol.dispose]() {
    log("dispose", this.n);
  }
}
class ARes extends Res {
  async [Symbol.asyncDispose]() {
    await sleep(ms(1));
    log("adispose", this.n);
  }
}

async function b1() {
  // using in loops with continue/labels, closures over resource
  const fs = [];
  outer: for (let i = 0; i < 3; i++) {
    using r = new Res("r" + i);
    fs.push(() => r.n + i);
    for (const j of [0, 1]) {
      await using a = new ARes(`a${i}${j}`);
      if (i === 0) continue outer;
      if (i === 1 && j === 1) break outer;
      await v(1);
    }
  }
  log(fs.map((f) => f()));
}
async function b2() {
  // using with await initialiser & select inside, and returns through
  await using x: ARes = await v(new ARes("x"));
  using y = await v(null),
    z = new Res("z");
  const r = await select({ a: slow(5, "s"), b: sleep(ms(2)) });
  if (r.arm === "b") return [x.n, y, z.n].join();
  return "no";
}
async function* g1(n) {
  // generator with try/using and inner await
  using r = new Res("gen" + n);
  try {
    for (let i = 0; i < n; i++) {
      const got = yield await v(i);
      log("got", got);
      await sleep(ms(1));
    }
    return "ret" + n;
  } catch (e) {
    log("gen caught", e.message);
    yield -1;
  } finally {
    log("gen finally", n);
  }
}
async function* g2() {
  const r = yield* g1(2);
  log("r", r);
  try {
    yield* g1(9);
  } finally {
    await v(1);
    log("g2 finally");
  }
}
async function b3() {
  for await (const x of g2()) {
    log("x", x);
    if (x === 1 && log.n++) break;
    log.n ??= 0;
  }
  try {
    for await (const x of g1(3)) {
      if (x === 1) throw new Error("body");
    }
  } catch (e) {
    log("c", e.message);
  }
  let total = 0;
  for await (const [a, b = 5] of pairs()) {
    total += a + b;
  }
  log(total);
  var last;
  for await (last of g1(2));
  log("last", last);
  const o = { p: 0 };
  for await (o.p of g1(1)) log("o", o.p);
}
async function* pairs() {
  yield [1];
  yield [2, 3];
  const list = [[4, 4]];
  yield* list;
}
async function b4() {
  // inner async functions capturing, recursion of sync closures, default params with captures
  let n = 0;
  const step = 2;
  async function inc(by = step) {
    await v(1);
    n += by;
    return n;
  }
  const twice = async (f = step) => {
    const a = await inc(f);
    return a + (await inc());
  };
  const gen = async function* (to) {
    while (n < to) {
      yield n;
      await inc(1);
    }
  };
  log(await twice(), await twice(1), n);
  for await (const k of gen(9)) {
    if (k === 8) n++;
    log("k", k);
  }
  const fs = [];
  for (let i = 0; i < 2; i++) {
    async function local() {
      await v(1);
      return i * 100 + n;
    }
    fs.push(await local());
  }
  log(fs);
}
async function b5() {
  // select/timeouts with throw in args, named futures across loops, nested functions as arms
  const tick = sleep(ms(6));
  let c = 0;
  for (;;) {
    const { arm } = await select({ tick, s: slow(2, "w" + c) });
    if (arm === "tick") break;
    c++;
  }
  log("c", c);
  try {
    await select({ a: slow(1, "q"), b: bad() });
  } catch (e) {
    log("E", e.message);
  }
  const t = await timeout(slow(20, "late"), ms(3));
  log(t === TIMED_OUT);
  const ch = new Channel(1);
  ch.trySend(1);
  ch.close();
  for await (const m of ch) {
    using r = new Res("ch");
    log(m);
  }
  log((await ch.receive()) === CLOSED);
  const [x, y] = [await v(1), await select({ z: v(2) })];
  log(x, y.value);
}
async function bad() {
  await v(1);
  throw new Error("bad arm");
}
async function b6() {
  const how0 = 7; // try/finally w/ awaits and switch inside generator loop + return inside
  const r = await (async (k) => {
    const z = await v(k);
    return z + how0;
  })(3);
  log(r);
  for (const how of ["a", "b", "c"]) {
    const got = await pick(how);
    log(how, got);
  }
}
async function pick(how) {
  for await (const x of g1(5)) {
    switch (how) {
      case "a":
        if (x === 1) return "ra";
        continue;
      case "b":
        try {
          if (x === 2) break;
          continue;
        } finally {
          await v(1);
          log("pf", x);
        }
      default: {
        await using r = new ARes("pick" + x);
        if (x > 0) return await v("rc" + x);
        continue;
      }
    }
    return "after";
  }
  return "end";
}
const victim = task(
  async function victim(name, at) {
    try {
      await using r = new ARes(name);
      for await (const x of g1(9)) {
        using q = new Res(name + x);
        await slow(3, name);
      }
    } catch (e) {
      log("never");
    } finally {
      await sleep(ms(1));
      log("victim end", name);
    }
  },
  { pool: 4 },
);
const main1 = task(async function main1() {
  for (const n of [1, 2, 3, 4, 5, 6]) {
    log("--", n);
    try {
      if (n === 1) await b1();
      else if (n === 2) log(await b2());
      else if (n === 3) await b3();
      else if (n === 4) await b4();
      else if (n === 5) await b5();
      else await b6();
    } catch (e) {
      log("ERR", e && e.message);
    }
  }
  for (const at of [1, 2, 3, 4, 5]) {
    const id = spawn(victim, "v" + at, at);
    await sleep(ms(at));
    cancel(id);
    await sleep(ms(6));
  }
});
export default function main(board) {
  out = board.console;
  spawn(main1);
}
