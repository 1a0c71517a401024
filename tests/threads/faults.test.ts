// @timeout 90
/**
 * What goes wrong on workers: whatever it is, every promise settles once, jobs that wait are run, and the threads can be
 * used afterwards. The scenarios are those with which pools from npm were compared.
 */
import { setTimeout as passed } from "node:timers/promises";
import * as assert from "uvu/assert";
import { currentJob, threads, type Threads, type ThreadsOptions } from "../../targets/node/index.js";
import { suite } from "../support/suite.js";
import { rejection } from "../support/rejection.js";

const test = suite("threads/faults");

/** Short enough for a test, long enough for a machine that has much to do. */
const PATIENT: ThreadsOptions = { hungAfter: 1500 };

/** Runs `body` with threads that are used before, after, and by jobs that wait meanwhile. */
async function withThreads(
  body: (pool: Threads) => Promise<void>,
  options: ThreadsOptions = {},
): Promise<string[]> {
  const faults: string[] = [];
  const pool = threads({
    workers: 2,
    hungAfter: 400,
    ...options,
    onFault: (error) => faults.push(error.message),
  });
  await isUsable(pool);
  const [, ...others] = await Promise.all([body(pool), ...usual(pool)]);
  assert.equal(others, [2, 3, 4, 5]);
  await isUsable(pool);
  await pool.close();
  return faults;
}

function usual(pool: Threads): Promise<number>[] {
  return [1, 2, 3, 4].map((n) => pool.run((x: number) => x + 1, [n]));
}

async function isUsable(pool: Threads): Promise<void> {
  assert.equal(await Promise.all(usual(pool)), [2, 3, 4, 5]);
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return (await rejection(promise)).message;
}

function abortAfter(delay: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new Error("enough"));
  }, delay);
  return controller.signal;
}

test("a job that throws, or rejects, rejects its promise", async () => {
  await withThreads(async (pool) => {
    const thrown = () => {
      throw new Error("thrown");
    };
    assert.is(await messageOf(pool.run(thrown)), "thrown");
    assert.is(await messageOf(pool.run(() => Promise.reject(new Error("rejected")))), "rejected");
  });
});

test("a job that ends its worker by process.exit() rejects with the exit code", async () => {
  await withThreads(async (pool) => {
    assert.match(await messageOf(pool.run(() => process.exit(3))), /^E430 "job": .* exit code 3/);
  });
});

test("a job that waits while its worker dies of an error rejects with that as its cause", async () => {
  await withThreads(async (pool) => {
    const error = await rejection(
      pool.run(() => {
        setTimeout(() => {
          throw new RangeError("late");
        }, 5);
        return new Promise(() => undefined);
      }),
    );
    assert.match(error.message, /^E431 "job": .*: late$/);
    assert.instance(error.cause, RangeError);
  });
});

test("an error after a job has returned is a fault of the lane, and rejects nothing", async () => {
  const faults = await withThreads(async (pool) => {
    const late = (): number => {
      setTimeout(() => {
        throw new Error("late");
      }, 20);
      return 1;
    };
    assert.is(await pool.run(late), 1);
    await passed(150);
  });
  assert.equal(faults.length, 1);
  assert.match(faults[0]!, /^E431 "cpu": .*: late$/);
});

test("a job that loops is aborted by its signal", async () => {
  await withThreads(async (pool) => {
    const loop = () => {
      for (;;);
    };
    assert.is(await messageOf(pool.run(loop, [], { signal: abortAfter(50) })), "enough");
  });
});

test("a job that loops and that nobody aborts is found and ended", async () => {
  await withThreads(async (pool) => {
    const loop = () => {
      for (;;);
    };
    // A bundler may have given it another name.
    assert.match(await messageOf(pool.run(loop)), /^E433 "loop\d*": .* 1500 ms/);
  }, PATIENT);
});

test("a job that waits, or computes for as long as it may, is not taken for one that hangs", async () => {
  await withThreads(async (pool) => {
    const compute = (): void => {
      const end = Date.now() + 2000;
      while (Date.now() < end);
    };
    await Promise.all([
      pool.run(() => new Promise((resolve) => setTimeout(resolve, 2500))),
      pool.run(compute, [], { hungAfter: 20_000 }),
    ]);
  }, PATIENT);
});

test("a job that waits is aborted with its worker, unless it looks at its signal", async () => {
  await withThreads(async (pool) => {
    assert.is(
      await messageOf(pool.run(() => new Promise(() => undefined), [], { signal: abortAfter(50) })),
      "enough",
    );
  });
});

test("a job that looks at its signal ends by itself, and keeps its worker", async () => {
  const module = `data:text/javascript,
    const job = () => globalThis[Symbol.for("dormouse.job")]();
    export function loop() { const mine = job(); while (!mine.isAborted); globalThis.seen = 1; }
    export function wait() {
      const { signal } = job();
      return new Promise((resolve) => signal.addEventListener("abort", () => { globalThis.seen++; resolve(); }));
    }
    export function seen() { return globalThis.seen; }`;
  const pool = threads({ workers: 1, abortGrace: 5000 });
  assert.is(await pool.run({ module, export: "seen" }), undefined);
  assert.is(await messageOf(pool.run({ module, export: "loop" }, [], { signal: abortAfter(50) })), "enough");
  assert.is(await messageOf(pool.run({ module, export: "wait" }, [], { signal: abortAfter(50) })), "enough");
  assert.is(await pool.run({ module, export: "seen" }), 2);
  assert.is(currentJob(), null);
  await pool.close();
});

test("a job that waits for a worker is aborted at once, and never run", async () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  await withThreads(
    async (pool) => {
      const block = (word: Int32Array): unknown => Atomics.wait(word, 0, 0, 200);
      const busy = [pool.run(block, [flag]), pool.run(block, [flag])];
      const start = performance.now();
      const set = (word: Int32Array): number => (word[0] = 1);
      assert.is(await messageOf(pool.run(set, [flag], { signal: abortAfter(20) })), "enough");
      assert.ok(performance.now() - start < 150);
      await Promise.all(busy);
      assert.is(flag[0], 0);
      const given = AbortSignal.abort(new Error("before"));
      assert.is(await messageOf(pool.run(set, [flag], { signal: given })), "before");
    },
    { workers: 2 },
  );
});

test("jobs beyond the limit are refused, and room() waits for room", async () => {
  const pool = threads({ workers: 2, queueLimit: 4 });
  const settled = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => pool.run((x: number) => x, [i])),
  );
  assert.is(settled.filter(({ status }) => status === "fulfilled").length, 6);
  assert.match(String((settled[19] as PromiseRejectedResult).reason), /E423 "job": the cpu lane has 6 jobs/);
  let done = 0;
  for (let i = 0; i < 50; i++) {
    await pool.room();
    void pool.run((x: number) => x, [i]).then(() => done++);
  }
  await pool.close();
  assert.is(done, 50);
});

test("the blocking lane grows with its jobs, and shrinks when they are over", async () => {
  const pool = threads({ workers: 1, maxBlocking: 4, keepAlive: 100 });
  const block = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  const jobs = Array.from({ length: 6 }, () => pool.run(block, [], { lane: "blocking" }));
  await passed(50);
  assert.is(pool.stats("blocking").workers, 4);
  assert.is(pool.stats("cpu").workers, 0);
  await Promise.all(jobs);
  for (let i = 0; i < 100 && pool.stats("blocking").workers > 0; i++) await passed(20);
  assert.is(pool.stats("blocking").workers, 0);
  assert.is(await pool.run(() => 1, [], { lane: "blocking" }), 1);
  await pool.close();
});

test("a worker that runs out of memory rejects its job alone", async () => {
  await withThreads(
    async (pool) => {
      const hoardAll = (): void => {
        const all: unknown[] = [];
        for (;;) all.push(new Array(1e5).fill({}));
      };
      assert.match(await messageOf(pool.run(hoardAll)), /^E432 "hoardAll": its worker ran out of memory/);
    },
    { resourceLimits: { maxOldGenerationSizeMb: 20 } },
  );
});

test("workers that cannot start reject what waits, and are tried again by the next job", async () => {
  const module = "data:text/javascript,throw new Error('no sensor')";
  const pool = threads({ workers: 2, warmUp: [{ module }] });
  for (const job of [pool.run(() => 1), pool.ready(), pool.run(() => 1)]) {
    assert.match(await messageOf(job), /^E434 "(job|cpu)": no worker could start: no sensor$/);
  }
  await pool.close();
  const bad = threads({ workers: 1 });
  assert.instance(await rejection(bad.run({ module: "data:text/javascript,const = 1" })), SyntaxError);
  await bad.close();
});

test("a worker that dies while it has nothing to do is replaced", async () => {
  const faults = await withThreads(async (pool) => {
    await Promise.all([pool.run(() => void setTimeout(() => process.exit(), 10)), passed(150)]);
  });
  assert.match(faults.join(), /^E430 "cpu": .* exit code 0/);
});

test("what callbacks and getters throw harms nobody else", async () => {
  const thrown: string[] = [];
  const caught = (error: Error): number => thrown.push(error.message);
  process.on("uncaughtException", caught);
  const onFault = (): void => {
    throw new Error("in onFault");
  };
  const pool = threads({ workers: 1, onFault });
  await pool.run(() => void setTimeout(() => process.exit(), 5));
  await passed(100);
  assert.is(await pool.run(() => 1), 1);
  process.off("uncaughtException", caught);
  assert.equal(thrown, ["in onFault"]);

  const odd = {
    get value(): number {
      throw new Error("in a getter");
    },
  };
  assert.match(await messageOf(pool.run((x: object) => x, [odd])), /^E425 "job": .*: in a getter/);
  await pool.close();
});

test("one signal for many jobs aborts all of them", async () => {
  const warnings: string[] = [];
  const warned = (warning: Error): number => warnings.push(warning.message);
  process.on("warning", warned);
  const pool = threads({ workers: 2 });
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const jobs = Array.from({ length: 2000 }, (_, i) => pool.run((x: number) => x, [i], options));
  controller.abort();
  const settled = await Promise.allSettled(jobs);
  assert.ok(settled.every((each) => each.status === "rejected"));
  assert.is(pool.stats().inFlight, 0);
  await isUsable(pool);
  await pool.close();
  process.off("warning", warned);
  assert.equal(warnings, []);
});

test("close() that waits for a job ends when terminate() does not wait", async () => {
  const pool = threads({ workers: 1 });
  const job = messageOf(pool.run(() => new Promise(() => undefined)));
  const closing = pool.close();
  await passed(100);
  await pool.terminate();
  await closing;
  assert.match(await job, /^E435/);
});

test("close() runs what there is and takes no more; terminate() rejects it", async () => {
  const closed = threads({ workers: 1 });
  const jobs = usual(closed);
  const closing = closed.close();
  assert.match(await messageOf(closed.run(() => 1)), /^E424 "job"/);
  await closing;
  assert.equal(await Promise.all(jobs), [2, 3, 4, 5]);

  const ended = threads({ workers: 1 });
  const rejections = Promise.allSettled([...usual(ended), ended.run(() => new Promise(() => undefined))]);
  await passed(100);
  await ended.terminate();
  for (const each of await rejections) {
    assert.ok(each.status === "fulfilled" || /^E435/.test((each.reason as Error).message));
  }
});
