/** The executor of the library, over compiled tasks, with a platform that the test drives. */
import * as assert from "uvu/assert";
import type { Executor, ExecutorOptions, Instant, Signal, TaskId, TaskKind } from "../../../core/index.js";
import { compileProgram, type Loaded } from "../../support/program.js";
import { loadScenarios, type Scenarios } from "../../support/scenarios.js";
import { suite } from "../../support/suite.js";

const test = suite("core/executor");

const SOURCE = `
export const log: string[] = [];
export const go = new Signal<string>();

export const stepper = task(async function stepper(name: string, steps: number) {
  for (let i = 0; i < steps; i++) {
    log.push(name + i);
    await yieldNow();
  }
}, { pool: 3 });

export const spinner = task(async function spinner() {
  for (;;) await yieldNow();
});

export const sleeper = task(async function sleeper(delay: number) {
  await sleep(ms(delay));
  log.push("slept " + delay);
}, { pool: 2 });

export const listener = task(async function listener() {
  for (;;) log.push(await go.wait());
});

async function deep(): Promise<never> {
  await yieldNow();
  throw new Error("deep");
}

export const faulty = task(async function faulty(when: string) {
  if (when === "first") throw new Error("first");
  await yieldNow();
  if (when === "later") throw new Error("later");
  await deep();
}, { pool: 2 });

export const parent = task(async function parent() {
  log.push("parent");
  spawn(stepper, "child", 1);
  await yieldNow();
  log.push("parent again");
});
`;

interface Program {
  readonly log: string[];
  readonly go: Signal<string>;
  readonly stepper: TaskKind<[string, number], void>;
  readonly spinner: TaskKind<[], void>;
  readonly sleeper: TaskKind<[number], void>;
  readonly listener: TaskKind<[], void>;
  readonly faulty: TaskKind<[string], void>;
  readonly parent: TaskKind<[], void>;
}

/** A program with an executor, whose platform does nothing but note what it is asked. */
class Bench {
  now = 0;
  pends = 0;
  readonly alarms: number[] = [];
  readonly executor: Executor;
  readonly log: string[];

  constructor(
    readonly loaded: Loaded<Program>,
    options: ExecutorOptions = {},
  ) {
    const platform = {
      now: () => (this.now | 0) as Instant,
      setAlarm: (at: Instant) => {
        this.alarms.push(at);
      },
      pend: () => {
        this.pends++;
      },
    };
    this.executor = new loaded.core.Executor(platform, options);
    this.log = loaded.program.log;
  }

  spawn<A extends readonly unknown[]>(kind: TaskKind<A, void>, ...args: A): number {
    return this.executor.spawn(kind, args);
  }

  /** The words for the states of all used slots. */
  states(): string {
    return this.loaded.core
      .snapshot(this.executor)
      .map(({ name, state }) => `${name} ${state}`)
      .join(", ");
  }
}

let load: () => Promise<Loaded<Program>>;
let scenarios: Scenarios;

test.before(async () => {
  load = await compileProgram<Program>(SOURCE);
  scenarios = await loadScenarios(BOTH);
});

test("polls every ready task once before any of them again", async () => {
  const bench = new Bench(await load());
  const { stepper } = bench.loaded.program;
  for (const name of ["a", "b", "c"]) bench.spawn(stepper, name, 2);

  bench.executor.turn();
  assert.equal(bench.log, ["a0", "b0", "c0"]);
  bench.executor.run();

  assert.equal(bench.log, ["a0", "b0", "c0", "a1", "b1", "c1"]);
  assert.is(bench.states(), "stepper done, stepper done, stepper done");
});

test("does not let a task that wakes itself keep others from running, nor the host", async () => {
  const bench = new Bench(await load());
  const { program } = bench.loaded;
  bench.spawn(program.stepper, "a", 3);
  bench.spawn(program.spinner);
  bench.spawn(program.listener);
  program.go.set("heard");

  bench.executor.run();

  assert.equal(bench.log, ["a0", "heard", "a1", "a2"]);
  assert.is(bench.pends, 2);
  assert.ok(bench.executor.arena.strandOf(3).polls_ > 1000);
});

test("asks the host once for each run, however many tasks become ready", async () => {
  const bench = new Bench(await load());
  for (const name of ["a", "b", "c"]) bench.spawn(bench.loaded.program.stepper, name, 1);
  assert.is(bench.pends, 1);

  bench.executor.run();

  assert.is(bench.pends, 1);
  bench.spawn(bench.loaded.program.listener);
  assert.is(bench.pends, 2);
});

test("sets an alarm that is not after the nearest deadline, and sleeps until there with few of them", async () => {
  const bench = new Bench(await load());
  bench.now = 2 ** 31 - 5;
  bench.spawn(bench.loaded.program.sleeper, 20);
  bench.spawn(bench.loaded.program.sleeper, 10);

  bench.executor.run();
  while (bench.log.length < 2) {
    bench.now += (bench.alarms.at(-1)! - bench.now) | 0;
    bench.executor.run();
  }

  assert.equal(bench.log, ["slept 10", "slept 20"]);
  assert.is(bench.now, 2 ** 31 + 15);
  assert.ok(bench.alarms.includes((2 ** 31 + 5) | 0));
  assert.ok(bench.alarms.length <= 8, `${bench.alarms.length} alarms`);
});

test("polls a task once for many wakes", async () => {
  const bench = new Bench(await load());
  const { listener, go } = bench.loaded.program;
  bench.spawn(listener);
  bench.executor.run();

  go.set("a");
  go.set("b");
  for (let i = 0; i < 3; i++) bench.executor.wake(9);
  bench.executor.run();

  assert.equal(bench.log, ["b"]);
  assert.equal(
    [bench.executor.arena.kindOf(6).name, bench.executor.arena.strandOf(6).polls_],
    ["listener", 2],
  );
});

test("ends a task that throws alone, and reports it once with its name", async () => {
  const faults: string[] = [];
  const bench = new Bench(await load(), {
    onFault: (task, error, id) => {
      faults.push(`${task} ${id & 0xffff}: ${String(error)}`);
    },
  });
  const { faulty, stepper } = bench.loaded.program;
  bench.spawn(stepper, "a", 4);
  bench.spawn(faulty, "first");
  bench.spawn(faulty, "later");
  bench.executor.run();
  bench.spawn(faulty, "deep");
  bench.executor.run();

  assert.equal(faults, ["faulty 7: Error: first", "faulty 8: Error: later", "faulty 7: Error: deep"]);
  assert.equal(bench.log, ["a0", "a1", "a2", "a3"]);
  assert.is(bench.states(), "stepper done, faulty faulted, faulty faulted");
});

test("goes on with the others after a fault handler that throws", async () => {
  const bench = new Bench(await load(), {
    onFault: () => {
      throw new Error("in the handler");
    },
  });
  bench.spawn(bench.loaded.program.faulty, "first");
  bench.spawn(bench.loaded.program.parent);

  assert.throws(() => {
    bench.executor.run();
  }, "in the handler");
  assert.is(bench.pends, 2);
  bench.executor.run();

  assert.equal(bench.log, ["parent", "child0", "parent again"]);
});

test("lets a fault handler start the task again, in the same slot, and wake and cancel others", async () => {
  let starts = 1;
  const bench: Bench = new Bench(await load(), {
    onFault: () => {
      if (starts++ < 3) bench.spawn(bench.loaded.program.faulty, "first");
      else bench.executor.cancel(sleeper as TaskId);
      bench.loaded.program.go.set(`fault ${starts - 1}`);
    },
  });
  const { faulty, listener } = bench.loaded.program;
  bench.spawn(listener);
  const sleeper = bench.spawn(bench.loaded.program.sleeper, 10);
  bench.executor.run();
  // The other slot of the kind.
  bench.executor.arena.claim(faulty);
  bench.spawn(faulty, "first");

  for (let i = 0; i < 5; i++) bench.executor.run();

  assert.equal(bench.log, ["fault 1", "fault 2", "fault 3"]);
  assert.is(bench.states(), "sleeper cancelled, listener waiting, faulty reserved, faulty faulted");
  assert.is(bench.executor.turn(), false);
});

test("loses no task to a measurement that throws", async () => {
  let polls = 0;
  const bench = new Bench(await load(), {
    onPoll: () => {
      if (++polls % 3 === 1) throw new Error("in the measurement");
    },
  });
  const { stepper } = bench.loaded.program;
  bench.spawn(stepper, "a", 2);
  bench.spawn(stepper, "b", 2);

  for (let i = 0; i < 20; i++) {
    try {
      bench.executor.run();
    } catch (error) {
      assert.is((error as Error).message, "in the measurement");
    }
  }

  assert.equal([...bench.log].sort(), ["a0", "a1", "b0", "b1"]);
  assert.is(bench.states(), "stepper done, stepper done");
});

test("tells a measurement when each poll begins and ends", async () => {
  const polls: string[] = [];
  const bench = new Bench(await load(), {
    onPoll: (slot, begins) => {
      polls.push(`${slot} ${begins ? "begins" : "ends"}`);
    },
  });
  bench.spawn(bench.loaded.program.stepper, "a", 1);

  bench.executor.run();

  assert.equal(polls, ["0 begins", "0 ends", "0 begins", "0 ends"]);
});

test("refuses a task when all slots of its kind are in use (E101), and takes it when one is over", async () => {
  const bench = new Bench(await load());
  const { sleeper } = bench.loaded.program;
  bench.spawn(sleeper, 10);
  bench.spawn(sleeper, 20);

  assert.throws(
    () => bench.spawn(sleeper, 30),
    (error: Error) => /^E101 "sleeper": all 2 of its slots/.test(error.message),
  );
  bench.executor.run();
  bench.now = 10;
  bench.executor.run();
  bench.spawn(sleeper, 30);

  assert.is(bench.states(), "sleeper ready, sleeper waiting");
});

test("starts tasks from tasks, and from nowhere else without an executor (E202)", async () => {
  const bench = new Bench(await load());
  const { core, program } = bench.loaded;
  bench.spawn(program.parent);
  bench.executor.run();
  assert.equal(bench.log, ["parent", "child0", "parent again"]);

  assert.throws(
    () => core.spawn(program.parent),
    (error: { code: string }) => error.code === "E202",
  );
  bench.executor.enter(() => core.spawn(program.parent));
  assert.is(bench.states(), "stepper done, parent ready");
});

const BOTH = `
const word = new Signal<string>();
const spinner = task(async function spinner() { for (;;) await yieldNow(); });
const steps = task(async function steps(out: Console) {
  for (let i = 0; i < 3; i++) { out.write("step " + i); await sleep(ms(2)); }
});
async function deep(out: Console): Promise<number> {
  try { await yieldNow(); throw new Error("deep"); } finally { await sleep(ms(1)); out.write("cleaned"); }
}
const faulty = task(async function faulty(out: Console) { await deep(out); });
const guarded = task(async function guarded(out: Console) {
  try { await deep(out); } catch (error) { out.write("caught " + String(error)); }
  out.write("goes on");
});
const ping = task(async function ping(out: Console) { for (;;) { out.write(await word.wait()); } });
const pong = task(async function pong() { for (let i = 0; i < 3; i++) { word.set("ping " + i); await yieldNow(); } });
const scenarios: { [name: string]: (out: Console) => void } = {
  spin: (out) => { spawn(spinner); spawn(steps, out); },
  fault: (out) => { spawn(faulty, out); spawn(steps, out); },
  guarded: (out) => { spawn(guarded, out); },
  signal: (out) => { spawn(ping, out); spawn(pong); },
};
`;

const cases: [title: string, name: string, trace: string[]][] = [
  [
    "ends a faulty task alone, after its cleanup",
    "fault",
    ["0 step 0", "1 cleaned", "2 step 1", "4 step 2", "faulty: Error: deep"],
  ],
  ["throws through calls to the handler", "guarded", ["1 cleaned", "1 caught Error: deep", "1 goes on"]],
  ["hands every value over", "signal", ["0 ping 0", "0 ping 1", "0 ping 2"]],
];

for (const [title, name, trace] of cases) {
  test(title, async () => {
    assert.equal(await scenarios.onArena(name, 20), trace);
  });
  test(`${title}, on a board`, () => {
    assert.equal(scenarios.onBoard(name, 20), trace);
  });
}

test("lets time pass beside a task that only yields", async () => {
  assert.equal(await scenarios.onArena("spin", 20), ["0 step 0", "2 step 1", "4 step 2"]);
});
