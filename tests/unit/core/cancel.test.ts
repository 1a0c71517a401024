/** Cancelling, in every situation, on both executors; what the tasks wrote is compared whole. */
import * as assert from "uvu/assert";
import { loadScenarios, type Scenarios } from "../../support/scenarios.js";
import { suite } from "../../support/suite.js";

const test = suite("core: cancel");
let forms: Scenarios;

const SOURCE = `
const items = new Channel<string>(2);
const ready = new Signal<string>();
let victimId: TaskId;
let selfId: TaskId;

const late = task(async function late(out: Console, id: TaskId, delay: number) {
  await sleep(ms(delay));
  out.write("cancel");
  cancel(id);
  await yieldNow();
  out.write("cancelled");
}, { pool: 2 });

const sleeper = task(async function sleeper(out: Console) {
  try {
    out.write("begins");
    await sleep(ms(100));
    out.write("never");
  } finally {
    out.write("ends");
  }
}, { pool: 2 });

const cleaner = task(async function cleaner(out: Console) {
  try {
    await sleep(ms(100));
  } finally {
    out.write("cleans");
    await sleep(ms(10));
    out.write("clean");
  }
  out.write("never");
});

async function inner(out: Console): Promise<void> {
  try {
    await sleep(ms(100));
  } catch {
    out.write("a cancel is no error");
  } finally {
    await sleep(ms(1));
    out.write("inner");
  }
}

const nested = task(async function nested(out: Console) {
  try {
    await inner(out);
  } finally {
    await sleep(ms(1));
    out.write("outer");
  }
});

const suicide = task(async function suicide(out: Console) {
  try {
    await yieldNow();
    cancel(selfId);
    out.write("goes on to its next await");
    await sleep(ms(1));
    out.write("never");
  } finally {
    out.write("ends");
  }
});

const thrower = task(async function thrower(out: Console) {
  try {
    await yieldNow();
    cancel(selfId);
    try {
      throw new Error("oops");
    } catch {
      out.write("caught");
    }
    await sleep(ms(5));
    out.write("never");
  } finally {
    out.write("ends");
  }
});

const twin = task(async function twin(out: Console, name: string) {
  const id = name === "a" ? victimId : selfId;
  try {
    await yieldNow();
    cancel(id);
    await sleep(ms(5));
    out.write("never");
  } finally {
    out.write(name + " ends");
  }
}, { pool: 2 });

const receiver = task(async function receiver(out: Console, name: string) {
  for (;;) {
    const item = await items.receive();
    out.write(name + " " + String(item));
  }
}, { pool: 2 });

const feeder = task(async function feeder(out: Console) {
  await sleep(ms(1));
  items.trySend("x");
  cancel(victimId);
});

const chooser = task(async function chooser(out: Console) {
  const next = await select({ item: items.receive(), word: ready.wait(), end: sleep(ms(50)) });
  out.write(next.arm);
});

async function fromInside(out: Console): Promise<string> {
  await sleep(ms(1));
  cancel(selfId);
  return "inside";
}

const parent = task(async function parent(out: Console) {
  try {
    const next = await select({ inside: fromInside(out), end: sleep(ms(50)) });
    out.write(next.arm);
    await sleep(ms(5));
    out.write("never");
  } finally {
    out.write("ends");
  }
});

const faulty = task(async function faulty(out: Console) {
  try {
    await sleep(ms(100));
  } finally {
    out.write("cleans");
    throw new Error("in cleanup");
  }
});

const stubborn = task(async function stubborn(out: Console) {
  for (let i = 0; i < 3; i++) {
    try {
      await faultyCleanup(out);
    } catch {
      out.write("goes on");
    }
  }
});

async function faultyCleanup(out: Console): Promise<void> {
  try {
    await sleep(ms(100));
  } finally {
    out.write("cleans");
    throw new Error("in cleanup");
  }
}

const again = task(async function again(out: Console) {
  const first = spawn(sleeper, out);
  await sleep(ms(1));
  cancel(first);
  await sleep(ms(1));
  const second = spawn(sleeper, out);
  await sleep(ms(1));
  cancel(first);
  out.write("a stale id is nobody's");
  await sleep(ms(1));
  cancel(second);
});

const scenarios: { [name: string]: (out: Console) => void } = {
  beforeFirstPoll: (out) => { const id = spawn(sleeper, out); cancel(id); spawn(late, out, id, 1); },
  asleep: (out) => { spawn(late, out, spawn(sleeper, out), 5); },
  inCleanup: (out) => { const id = spawn(cleaner, out); spawn(late, out, id, 5); spawn(late, out, id, 8); },
  nested: (out) => { spawn(late, out, spawn(nested, out), 5); },
  itself: (out) => { selfId = spawn(suicide, out); },
  itselfAndThrows: (out) => { selfId = spawn(thrower, out); },
  twoAtOnce: (out) => { victimId = spawn(twin, out, "a"); selfId = spawn(twin, out, "b"); },
  promised: (out) => { victimId = spawn(receiver, out, "a"); spawn(receiver, out, "b"); spawn(feeder, out); },
  decided: (out) => { victimId = spawn(chooser, out); spawn(receiver, out, "other"); spawn(feeder, out); },
  fromItsArm: (out) => { selfId = spawn(parent, out); },
  throwsInCleanup: (out) => { spawn(late, out, spawn(faulty, out), 5); },
  caughtCleanup: (out) => { const id = spawn(stubborn, out); spawn(late, out, id, 5); spawn(late, out, id, 8); },
  stale: (out) => { spawn(again, out); },
  over: (out) => { spawn(late, out, spawn(sleeper, out), 150); },
};
`;

test.before(async () => {
  forms = await loadScenarios(SOURCE);
});

const cases: [title: string, name: string, trace: string[]][] = [
  [
    "runs nothing of a task that is cancelled before its first poll",
    "beforeFirstPoll",
    ["1 cancel", "1 cancelled"],
  ],
  ["runs the finally block of a sleeping task", "asleep", ["0 begins", "5 cancel", "5 ends", "5 cancelled"]],
  [
    "lets cleanup await, and ignores a second cancel meanwhile",
    "inCleanup",
    ["5 cancel", "5 cleans", "5 cancelled", "8 cancel", "8 cancelled", "15 clean"],
  ],
  [
    "runs finally blocks from the inside out, and no catch block",
    "nested",
    ["5 cancel", "5 cancelled", "6 inner", "7 outer"],
  ],
  [
    "lets a task that cancels itself go on to its next await",
    "itself",
    ["0 goes on to its next await", "0 ends"],
  ],
  [
    "cancels a task that throws and catches after it cancelled itself",
    "itselfAndThrows",
    ["0 caught", "0 ends"],
  ],
  ["cancels two tasks that cancel themselves in one pass", "twoAtOnce", ["0 a ends", "0 b ends"]],
  ["gives what a cancelled receiver was promised to the next", "promised", ["1 b x"]],
  [
    "gives what a decided select was promised to the next when its task is cancelled",
    "decided",
    ["1 other x"],
  ],
  ["cancels a task from one of its own arms", "fromItsArm", ["1 inside", "1 ends"]],
  [
    "reports what a cleanup throws",
    "throwsInCleanup",
    ["5 cancel", "5 cleans", "5 cancelled", "faulty: Error: in cleanup"],
  ],
  [
    "lets a task go on that catches what its cleanup throws, and cancels it again",
    "caughtCleanup",
    [
      "5 cancel",
      "5 cleans",
      "5 goes on",
      "5 cancelled",
      "8 cancel",
      "8 cleans",
      "8 goes on",
      "8 cancelled",
      "108 cleans",
      "108 goes on",
    ],
  ],
  [
    "leaves the next task of a slot alone when the id is stale",
    "stale",
    ["0 begins", "1 ends", "2 begins", "3 a stale id is nobody's", "4 ends"],
  ],
  [
    "leaves a task alone that is over",
    "over",
    ["0 begins", "100 never", "100 ends", "150 cancel", "150 cancelled"],
  ],
];

for (const [title, name, trace] of cases) {
  test(title, async () => {
    assert.equal(await forms.onArena(name, 200), trace);
  });
  test(`${title}, on a board`, () => {
    assert.equal(forms.onBoard(name, 200), trace);
  });
}
