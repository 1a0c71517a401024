/** Constructs of the language in plain functions, one after the other; written as nobody would write them. */
let write = () => {};
const log = (...a) => write(a.join(" "));
class Base {
  #n = 1;
  static #count = 0;
  async get() {
    await 0;
    return this.#n;
  }
  static async make(...a) {
    await 0;
    Base.#count++;
    return new this(...a);
  }
  static count() {
    return Base.#count;
  }
  async over() {
    return "base";
  }
  get later() {
    return (async () => {
      await 0;
      return this.#n + 1;
    })();
  }
  async #priv(x) {
    await x;
    return x * 2;
  }
  callPriv(x) {
    return this.#priv(x);
  }
}
class Derived extends Base {
  constructor(a, { b = 2 } = {}) {
    super();
    this.a = a;
    this.b = b;
  }
  async over() {
    const r = await super.over();
    return r + " derived " + (await (async () => super.over())());
  }
  async *items(n) {
    for (let i = 0; i < n; i++) {
      yield i * this.b;
    }
  }
  static async *[Symbol.asyncIterator]() {
    yield* [await 1, 2];
  }
}
async function args() {
  await 0;
  const inner = () => arguments.length;
  return inner() + ":" + [...arguments].join("|");
}
const arrowArgs = function () {
  return (async () => {
    await 0;
    return arguments[1];
  })();
};
async function badParams({ x: { y } }, [z] = [1]) {
  return y + z;
}
function* fib() {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, a + b];
  }
}
function* twoWay() {
  let got = yield 1;
  try {
    got = yield got * 2;
  } finally {
    log("cleanup", got);
  }
}
async function labels() {
  const out = [];
  outer: for (const a of [1, 2, 3]) {
    for (const b of [1, 2, 3]) {
      await 0;
      if (b === 2) continue outer;
      if (a === 3) break outer;
      out.push(a + "" + b);
    }
  }
  return out.join();
}
async function closures() {
  const fs = [];
  for (let i = 0, n = await 3; i < n; i++) {
    fs.push(() => i++);
    await 0;
  }
  for (const k in { a: 1, b: 2 }) {
    await 0;
    fs.push(() => k);
  }
  return fs.map((f) => f() + "" + f()).join();
}
async function nested() {
  try {
    try {
      throw await new Promise((_, r) => setTimeout(r, 1, "inner"));
    } catch (e) {
      try {
        await 0;
        throw e + "!";
      } finally {
        await 0;
      }
    }
  } catch (e) {
    return e;
  } finally {
    log("outer finally");
  }
}
async function overrides() {
  for (const x of [1, 2]) {
    try {
      await 0;
      return "try";
    } finally {
      if (x === 1) continue;
      await 0;
    }
  }
}
async function opt(o) {
  const v = o?.a?.(await 5)?.b ?? (await "none");
  o && (o.n ??= await 7);
  return v + (o ? o.n : "");
}
const obj = {
  async ["comp" + "uted"](x = 3) {
    await 0;
    return x;
  },
  get p() {
    return async () => {
      await 0;
      return "getter";
    };
  },
  async: 1,
  await: 2,
  *gen() {
    yield* this.list;
  },
  list: [1, 2],
};
const tag = (s, ...v) => s.join("_") + v.join();
function Old(x) {
  this.x = x;
}
Old.prototype.m = async function () {
  await 0;
  return this.x;
};
async function main() {
  const d = await Derived.make(1, { b: 5 });
  log(d instanceof Derived, d.a, d.b, await d.get(), await d.later, await d.callPriv(4), Base.count());
  log(await d.over());
  for await (const i of d.items(3)) log("item", i);
  for await (const i of Derived) log("static", i);
  log(await args(1, 2, 3), await arrowArgs(1, "two"));
  log(
    await badParams({}).catch((e) => "rejected " + (e instanceof Error || typeof e)),
    await badParams({ x: { y: 4 } }),
  );
  const f = fib();
  const firsts = [];
  for (const x of f) {
    if (x > 20) break;
    firsts.push(x);
  }
  log(firsts.join(), f.next().done);
  const t = twoWay();
  log(t.next().value, t.next(21).value, JSON.stringify(t.return(9)), JSON.stringify(t.next()));
  log(await labels());
  log(await closures());
  log(await nested());
  log(await overrides());
  log(await opt(null), await opt({ a: async (x) => ({ b: x }) }), await opt({ a: (x) => ({ b: x }), n: 1 }));
  log(await obj.computed(), await obj.p(), obj.async + obj.await, [...obj.gen()].join());
  log(tag`a${await 1}b${await 2}c`, await new Old(8).m(), typeof (await itself()));
  const m = new Map();
  for (const [k, v] of [
    ["x", 1],
    ["y", 2],
  ])
    m.set(
      k,
      (async () => {
        await 0;
        return v;
      })(),
    );
  let sum = 0;
  for (const [, p] of m) sum += await p;
  log("sum", sum);
  const s = new Set();
  await Promise.all(
    [3, 1, 2].map(async (n) => {
      await new Promise((r) => setTimeout(r, n * 3));
      s.add(n);
    }),
  );
  log([...s].join());
  log(
    (await Promise.allSettled([1, Promise.reject(new Error("x"))])).map((r) => r.status).join(),
    await Promise.any([Promise.reject(1), 2]),
    await Promise.race([new Promise(() => {}), 3]),
  );
  try {
    await Promise.any([Promise.reject(1)]);
  } catch (e) {
    log(e.errors.join());
  }
  log(
    await Promise.resolve(1).finally(() => 2),
    await Promise.reject(3)
      .finally(() => {})
      .catch((x) => x),
  );
  switch (await 3) {
    case 1:
      log("1");
    default:
      log("d");
    case 4:
      log("4");
      break;
    case 5:
      log("5");
  }
  do {
    sum--;
  } while ((await sum) > 1);
  log(sum);
  var v = await 1,
    w = v + (await 2) * v ** 2;
  log(v, w, -(await 2), typeof (await 1), !(await 0), void (await 0));
  log(
    await (async function fact(n) {
      return n <= 1 ? 1 : n * (await fact(n - 1));
    })(5),
  );
  const { a, ...others } = await { a: 1, b: 2, c: 3 };
  log(a, JSON.stringify(others));
  const [p, , q = await "def", ...r] = [1, 2, undefined, 4, 5];
  log(p, q, r.join());
  let x, y;
  ({ x, y: [y] = [await 6] } = { x: 5 });
  [x, y] = [y, x];
  log(x, y);
  const delayed = {
    then(res) {
      setTimeout(() => res("thenable"), 1);
    },
  };
  log(await delayed);
  queueMicrotask(() => log("micro"));
  await null;
  log("after micro");
}
async function itself() {
  return main;
}
export default function start(board) {
  write = (text) => board.console.write(text);
  main().then(
    () => log("finished"),
    (error) => log("failed", error.message),
  );
}
