// @timeout 60
/** What workers are started with, how code of other packages finds it there, and what is left of them at the end. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SHARE_ENV } from "node:worker_threads";
import * as assert from "uvu/assert";
import { threads, type Threads, type ThreadsOptions } from "../../targets/node/index.js";
import { rejection } from "../support/rejection.js";
import { suite } from "../support/suite.js";

const test = suite("threads/workers");

/** Does `body` with threads of `options`, and closes them. */
async function withThreads<T>(options: ThreadsOptions, body: (pool: Threads) => Promise<T>): Promise<T> {
  const pool = threads({ workers: 1, ...options });
  try {
    return await body(pool);
  } finally {
    await pool.close();
  }
}

async function seen(): Promise<{ data: unknown; argv: string[]; env: string | undefined }> {
  const { workerData } = (await import("node:worker_threads")) as { workerData: unknown };
  return { data: workerData, argv: process.argv.slice(2), env: process.env["DORMOUSE_SEEN"] };
}

test("jobs see workerData, argv and env as on a worker of Node", async () => {
  const none = await withThreads({}, (pool) => pool.run(seen));
  assert.equal(none, { data: null, argv: [], env: undefined });

  const workerData = { table: new Map([[1, "one"]]) };
  const given = { workerData, argv: ["--fast", 7], env: { DORMOUSE_SEEN: "yes" } };
  const some = await withThreads(given, (pool) => pool.run(seen));
  assert.equal(some, { data: workerData, argv: ["--fast", "7"], env: "yes" });

  await withThreads({ env: SHARE_ENV }, (pool) => pool.run(() => (process.env["DORMOUSE_SEEN"] = "shared")));
  assert.is(process.env["DORMOUSE_SEEN"], "shared");
  delete process.env["DORMOUSE_SEEN"];
});

test("options that Node refuses are an error of the jobs, and end nothing else", async () => {
  for (const options of [{ execArgv: ["--no-such-flag"] }, { workerData: () => 1, lazy: false }]) {
    await withThreads(options, async (pool) => {
      for (const asked of [pool.run(() => 1), pool.ready(), pool.run(() => 1, [], { pin: 0 })])
        assert.match((await rejection(asked)).message, /^E434 "(job|cpu)": no worker could start: /);
    });
  }
});

test("what a compiler makes of ES modules in CommonJS is found by its names", async () => {
  const compiled = `data:text/javascript,${encodeURIComponent(`
    const exports = { __esModule: true, default: (x) => x + 100, named: (x) => x + 1 };
    export { exports as default };`)}`;
  await withThreads({}, async (pool) => {
    assert.is(await pool.run({ module: compiled }, [1]), 101);
    assert.is(await pool.run({ module: compiled, export: "named" }, [1]), 2);
  });
});

test("errors keep the standard class that they extend; what cannot be read harms nobody", async () => {
  await withThreads({}, async (pool) => {
    const thrown = (name: string): Promise<Error> =>
      rejection(
        pool.run(
          (which: string) => {
            class Refused extends RangeError {
              override name = "Refused";
            }
            if (which === "own") throw new Refused("too far");
            if (which === "dom") throw new DOMException("given up", "AbortError");
            throw new Proxy(new Error(), {
              get() {
                throw new Error("no");
              },
            });
          },
          [name],
        ),
      );
    const own = await thrown("own");
    assert.instance(own, RangeError);
    assert.equal([own.name, own.message], ["Refused", "too far"]);
    const dom = await thrown("dom");
    assert.instance(dom, DOMException);
    assert.equal([dom.name, (dom as DOMException).code], ["AbortError", 20]);
    assert.is((await thrown("proxy")).message, "what was thrown cannot be read: no");
    assert.is(pool.stats().each[0]?.jobs, 3);
  });
});

test("threads that were closed leave no memory behind", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const shared = (): number => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const round = (): Promise<unknown> => withThreads({}, (pool) => pool.run(() => 1));
  await round();
  const before = shared();

  for (let i = 0; i < 8; i++) await round();

  // The memory of one pool's lanes is more than 300 kB.
  assert.ok(shared() - before < 600_000, `${shared() - before} bytes more`);
});

test("threads that are closed are never ready", async () => {
  const pool = threads({ workers: 1 });
  await pool.close();
  assert.match((await rejection(pool.ready())).message, /^E424 "ready": the threads are closed/);
});
