// @timeout 60
/** Jobs on real workers: what they are given, what they give, in which order they run. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import { threads, transferring, type JobOptions, type Threads } from "../../targets/node/index.js";
import { suite } from "../support/suite.js";
import { rejection } from "../support/rejection.js";

const test = suite("threads/jobs");
const JOBS = pathToFileURL(join(DORMOUSE_ROOT, "tests/threads/programs/jobs.mjs"));

let pool: Threads;

test.before(() => {
  pool = threads({ workers: 2 });
});

test.after(() => pool.close());

test("runs functions that stand alone, arrows, methods and async ones", async () => {
  const methods = {
    triple(this: void, x: number): number {
      return x * 3;
    },
    async later(this: void, x: number): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return -x;
    },
  };
  assert.is(await pool.run((a: number, b: number) => a - b, [7, 2]), 5);
  assert.is(await pool.run(methods.triple, [7]), 21);
  assert.is(await pool.run(methods.later, [7]), -7);
  assert.is(await pool.run(() => 1), 1);
});

test("runs exports of modules, which each worker loads once", async () => {
  assert.is(await pool.run({ module: JOBS }, [4]), 8);
  assert.is(await pool.run({ module: join(DORMOUSE_ROOT, "tests/threads/programs/jobs.mjs") }, [4]), 8);
  assert.is(await pool.run({ module: "node:path", export: "basename" }, ["/a/b"]), "b");
  const counts = await Promise.all(
    Array.from({ length: 20 }, () => pool.run({ module: JOBS, export: "count" })),
  );
  assert.ok(counts.includes(2), counts.join());
});

test("hands over what structuredClone would, however large", async () => {
  const echo = (value: unknown): unknown => value;
  const shared = { x: 1 };
  for (const value of [
    [undefined, null, true, -0, 1e300, 2 ** 40, NaN, "", "é", "€😀\ud800", 10n],
    { list: [1, [2, [3]]], "a key": { deep: { deeper: "x".repeat(30) } } },
    [new Date(5), new Map([[1, new Set(["a"])]]), /x/g, new Uint8Array([1, 2])],
    ["x".repeat(100_000), Array.from({ length: 5000 }, (_, i) => i)],
    Object.assign([1, 2], { extra: 3 }),
    [[1, , 3]],
    { ["__proto__"]: 1, constructor: 2 },
  ]) {
    assert.equal(await pool.run(echo, [value]), structuredClone(value));
  }
  const [first, second] = (await pool.run(echo, [[shared, shared]])) as object[];
  assert.is(first, second);
});

test("moves what is in transfer, and what a job gives away", async () => {
  const bytes = new Uint8Array(1 << 20).fill(1);
  const sum = await pool.run((given: Uint8Array) => given.reduce((a, b) => a + b), [bytes], {
    transfer: [bytes.buffer],
  });
  assert.is(sum, 1 << 20);
  assert.is(bytes.byteLength, 0);

  const given = transferring({ a: 1 }, []);
  assert.equal(Object.getOwnPropertySymbols(given).map(String), ["Symbol(dormouse.transfer)"]);
  const back = await pool.run(
    (size: number) => {
      const made = new Uint8Array(size).fill(7);
      setTimeout(() => ((globalThis as { left?: number }).left = made.byteLength));
      return { [Symbol.for("dormouse.transfer")]: [made.buffer], value: made };
    },
    [1000],
  );
  assert.equal(back, new Uint8Array(1000).fill(7));
});

test("runs jobs that wait by priority, in order within one", async () => {
  const one = threads({ workers: 1 });
  const order: string[] = [];
  const busy = one.run(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  });
  await passed(20);
  const add = (name: string, priority: "high" | "normal" | "low"): Promise<unknown> =>
    one.run((x: string) => x, [name], { priority }).then((x) => order.push(x));
  await Promise.all([
    ...[busy, add("l1", "low"), add("n1", "normal"), add("l2", "low")],
    ...[add("h1", "high"), add("n2", "normal"), add("h2", "high")],
  ]);
  assert.is(order.join(" "), "h1 h2 n1 n2 l1 l2");
  await one.close();
});

test("takes many more jobs than fit into shared memory, and loses none", async () => {
  const results = await Promise.all(
    Array.from({ length: 5000 }, (_, i) => pool.run((x: number) => x + 1, [i])),
  );
  assert.equal(
    results,
    results.map((_, i) => i + 1),
  );
});

test("runs as many jobs that wait at once as `concurrency` says", async () => {
  const wide = threads({ workers: 1, concurrency: 10 });
  await wide.ready();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, () => wide.run(() => new Promise((resolve) => setTimeout(resolve, 100)))),
  );
  assert.ok(performance.now() - start < 900);
  await wide.close();
});

test("keeps the event loops of workers and of the main thread going", async () => {
  const one = threads({ workers: 1 });
  await one.run(() => {
    const counts = globalThis as unknown as { ticks: number };
    counts.ticks = 0;
    setInterval(() => counts.ticks++, 5).unref();
  });
  let mine = 0;
  const timer = setInterval(() => mine++, 5);
  const until = performance.now() + 200;
  while (performance.now() < until) await one.run((x: number) => x, [1]);
  const busy = await one.run(() => (globalThis as unknown as { ticks: number }).ticks);
  await passed(200);
  const idle = (await one.run(() => (globalThis as unknown as { ticks: number }).ticks)) - busy;
  clearInterval(timer);
  for (const ticks of [mine, busy, idle]) assert.ok(ticks >= 10, `${mine} ${busy} ${idle}`);
  await one.close();
});

test("throws what the job threw, with its class, name, code, stack and causes", async () => {
  const error = await rejection(pool.run({ module: JOBS, export: "refuse" }, [9]));
  assert.is(error.name, "SizeError");
  assert.is(error.message, "9 is too big");
  assert.is((error as { code?: string }).code, "TOO_BIG");
  assert.match(error.stack ?? "", /refuse \(.*jobs\.mjs:18/);
  assert.instance(error.cause, TypeError);
  assert.is((error.cause as Error).cause, "a string");
  assert.instance(await rejection(pool.run(() => [].at.call(null, 1))), TypeError);
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- jobs may
  const thrown: unknown = await rejection(pool.run(() => Promise.reject({ odd: 1 })));
  assert.equal(thrown, { odd: 1 });
});

test("says clearly what cannot be a job", async () => {
  const outside = 3;
  class Point {
    x = 1;
  }
  const code = async (promise: Promise<unknown>): Promise<string> =>
    /^(E\d+) "/.exec((await rejection(promise)).message)?.[1] ?? "none";
  assert.is(await code(pool.run((x: number) => x * outside, [1])), "E422");
  assert.is(await code(pool.run(Math.sqrt, [4])), "E421");
  assert.is(await code(pool.run(pool.room.bind(pool) as () => unknown)), "E421");
  assert.is(await code(pool.run(Point as unknown as () => void)), "E421");
  assert.is(await code(pool.run(function* () {} as unknown as () => void)), "E421");
  assert.is(await code(pool.run({ module: "./jobs.js" })), "E421");
  assert.is(await code(pool.run({ module: JOBS, export: "notAFunction" })), "E427");
  assert.is(await code(pool.run((f: () => void) => f, [() => undefined])), "E425");
  assert.is(await code(pool.run(() => () => 1)), "E426");
  assert.is(await code(pool.run(() => 1, [], { lane: "gpu" as "cpu" })), "E420");
  assert.is(await code(pool.run(() => 1, [], { priority: "max" as "high" })), "E420");
  assert.throws(() => threads({ workers: 0 }), /E420 "workers": 0 is no whole number from 1 to 256/);
});

test("says clearly what is wrong about options, and what is no function at all", async () => {
  const one = () => 1;
  const wrong = async (options: unknown): Promise<string> =>
    (await rejection(pool.run(one, [], options as JobOptions))).message;
  assert.match(
    await wrong({ prioritty: "high" }),
    /^E420 "options": there is no "prioritty"\. There are signal,/,
  );
  assert.match(await wrong(null), /^E420 "options": null are no options/);
  assert.match(await wrong({ signal: 5 }), /^E420 "signal": 5 is no AbortSignal/);
  assert.match(await wrong({ transfer: new ArrayBuffer(3) }), /^E420 "transfer": is a list/);
  assert.throws(() => threads({ wokers: 2 } as object), /E420 "options": there is no "wokers"/);
  assert.throws(() => threads(5 as unknown as object), /E420 "options": 5 are no options/);
  assert.throws(() => threads({ workers: "4" } as object), /E420 "workers": "4" is no whole number/);
  assert.match(await wrong({ priority: "toString" }), /^E420 "priority": there is no "toString"/);
  assert.match(
    await wrong({ signal: Object.create(null) as unknown }),
    /^E420 "signal": \[object Object\] is/,
  );
  for (const [name, value, text] of [
    ["warmUp", () => 1, "is no list of functions"],
    ["onFault", 5, "is no function"],
    ["env", "x", "is no object"],
    ["execArgv", [5], "is no list of texts"],
    ["lazy", "yes", "is no boolean"],
    ["program", 5, "is no URL or path"],
    ["flavor", "fifo", "there is no"],
  ] as const) {
    assert.throws(
      () => threads({ [name]: value }),
      (error: Error) => error.message.startsWith(`E420 "${name}": `) && error.message.includes(text),
    );
  }
  for (const asked of [pool.room("gpu" as "cpu"), pool.ready("gpu" as "jobs")]) {
    assert.match((await rejection(asked)).message, /^E420 ".*": there is no "gpu"/);
  }
  assert.throws(() => pool.stats("gpu" as "cpu"), /E420 "lane": there is no "gpu"/);
  assert.throws(() => pool.spawn(one as never), /E404 "one": is none of task\(\)/);
  for (const fn of [null, undefined, 5, "jobs.js"]) {
    assert.match((await rejection(pool.run(fn as never, []))).message, /^E421 "default": no module is named/);
  }
});

test("what moved once cannot move again, nor hold up what comes after it", async () => {
  const bytes = new Uint8Array(1000).fill(1);
  const length = (given: Uint8Array): number => given.length;
  assert.is(await pool.run(length, [bytes], { transfer: [bytes.buffer] }), 1000);
  const again = await rejection(pool.run(length, [bytes], { transfer: [bytes.buffer] }));
  assert.match(again.message, /^E425 ".*": .* has moved already/);
  const gone = (): unknown => {
    const given = new Uint8Array(8);
    structuredClone(given.buffer, { transfer: [given.buffer] });
    return { [Symbol.for("dormouse.transfer")]: [given.buffer], value: given };
  };
  assert.match((await rejection(pool.run(gone))).message, /^E426 ".*": .* has moved already/);
  assert.equal(await Promise.all([1, 2, 3].map((x) => pool.run((y: number) => y, [x]))), [1, 2, 3]);
});
