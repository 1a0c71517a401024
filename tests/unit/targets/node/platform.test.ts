import * as assert from "uvu/assert";
import { Executor, ms, Signal, sleep, type Instant } from "../../../../core/index.js";
import { NodePlatform, type NodeClock } from "../../../../targets/node/index.js";
import { promptly } from "../../../../targets/node/platform.js";
import { suite } from "../../../support/suite.js";
import { generatorTask } from "./generator-task.js";
import { until } from "./wait.js";

const test = suite("targets/node/platform");

/** When each sleep ended: milliseconds late, by the clock that the platform got. */
let late: number[] = [];

const napping = generatorTask(
  function* napping(clock: NodeClock, naps: number, length: number) {
    for (let i = 0; i < naps; i++) {
      const start = Math.floor(clock.now());
      yield sleep(ms(length));
      late.push(clock.now() - start - length);
    }
  },
  { pool: 20 },
);

function start(clock: NodeClock = performance): { platform: NodePlatform; executor: Executor } {
  late = [];
  const platform = new NodePlatform(clock);
  const executor = new Executor(platform);
  platform.attach(executor);
  return { platform, executor };
}

/** Counts of what keeps this process alive. */
function count(resource: string): number {
  return process.getActiveResourcesInfo().filter((name) => name === resource).length;
}

test("never ends a sleep early, though setTimeout does", async () => {
  const { executor } = start();

  executor.enter(() => executor.spawn(napping, [performance, 40, 1]));
  executor.enter(() => executor.spawn(napping, [performance, 10, 7]));
  await until("50 sleeps", () => late.length === 50);

  // A tick begins up to 1 ms before the call that counts from it.
  assert.ok(
    late.every((by) => by >= -1),
    String(Math.min(...late)),
  );
});

test("waits on when the timeout comes before the deadline", async () => {
  const slow: NodeClock = { now: () => performance.now() / 3 };
  const { executor } = start(slow);

  executor.enter(() => executor.spawn(napping, [slow, 1, 10]));
  await until("the sleep", () => late.length === 1);

  assert.ok(
    late.every((by) => by >= -1),
    String(late),
  );
});

test("counts on when the clock wraps", async () => {
  const begin = performance.now();
  let asked = 0;
  // The first question sets the start; the clock then is 20 ms before 2^31.
  const wrapping: NodeClock = {
    now: () => (asked++ === 0 ? 0 : 2 ** 31 - 20 + performance.now() - begin),
  };
  const { platform, executor } = start(wrapping);
  assert.ok(platform.now() > 2 ** 31 - 1000);

  executor.enter(() => executor.spawn(napping, [wrapping, 3, 20]));
  await until("3 sleeps", () => late.length === 3);

  assert.ok(platform.now() < 0);
  assert.ok(
    late.every((by) => by >= -1 && by < 5000),
    String(late),
  );
});

test("has one timeout for all sleeping tasks, and none once they have ended", async () => {
  const before = count("Timeout");
  const { executor } = start();

  for (let i = 1; i <= 20; i++) executor.enter(() => executor.spawn(napping, [performance, 1, 5 * i]));
  executor.run();
  const during = count("Timeout");
  while (late.length < 20) await new Promise(setImmediate);

  assert.is(during, before + 1);
  assert.is(count("Timeout"), before);
});

test("lets go of the process when the only sleep is cancelled", async () => {
  const before = count("Timeout");
  const { executor } = start();
  const id = executor.enter(() => executor.spawn(napping, [performance, 1, 2 ** 40]));
  executor.run();
  assert.is(count("Timeout"), before + 1);

  executor.enter(() => {
    executor.cancel(id);
  });
  await new Promise(setImmediate);
  await new Promise(setImmediate);

  assert.is(count("Timeout"), before);
});

test("takes an alarm as far away as int32 goes without firing at once", async () => {
  const { platform, executor } = start();
  let runs = 0;
  platform.attach(executor, () => {
    runs++;
  });

  platform.setAlarm(((platform.now() + 2 ** 31 - 1) | 0) as Instant);
  await new Promise((resolve) => setTimeout(resolve, 20));
  platform.stop();

  assert.is(runs, 0);
});

test("runs the executor once for many pends, and not before pend returns", async () => {
  const { platform, executor } = start();
  let runs = 0;
  platform.attach(executor, () => {
    runs++;
  });

  for (let i = 0; i < 10; i++) platform.pend();
  const atOnce = runs;
  await new Promise(setImmediate);
  await new Promise(setImmediate);

  assert.is(atOnce, 0);
  assert.is(runs, 1);
});

const waiting = generatorTask(function* waiting(signal: Signal<string>, heard: string[]) {
  for (;;) heard.push((yield signal.wait()) as string);
});

test("runs at once what is woken within promptly, in all executors, though what wakes it throws", async () => {
  const heard: string[] = [];
  const signals = [start(), start()].map(({ executor }) => {
    const signal = new Signal<string>();
    executor.enter(() => executor.spawn(waiting, [signal, heard]));
    return signal;
  });
  await new Promise(setImmediate);

  const cause = (): void => {
    promptly(() => {
      for (const signal of signals) signal.set("first");
      assert.equal(heard, []);
      throw new Error("it threw");
    });
  };
  assert.throws(cause, /it threw/);

  assert.equal(heard, ["first", "first"]);
});

test("what is woken after promptly waits for the event loop again", async () => {
  const heard: string[] = [];
  const signal = new Signal<string>();
  const { executor } = start();
  executor.enter(() => executor.spawn(waiting, [signal, heard]));
  promptly(() => undefined);
  await new Promise(setImmediate);

  signal.set("later");

  assert.equal(heard, []);
  await until("the task", () => heard.length === 1);
});

test("runs nothing after stop", async () => {
  const { platform, executor } = start();
  executor.enter(() => executor.spawn(napping, [performance, 1, 1]));
  executor.run();

  platform.stop();
  platform.pend();
  await new Promise((resolve) => setTimeout(resolve, 10));

  assert.equal(late, []);
});
