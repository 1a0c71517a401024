/** What is there already: an await in place takes it at once, anything else can still give it up. The same on both executors. */
import * as assert from "uvu/assert";
import { loadScenarios, type Scenarios } from "../../support/scenarios.js";
import { suite } from "../../support/suite.js";

const test = suite("core: what is there already");
let forms: Scenarios;

const SOURCE = `
import { Mutex, Semaphore } from "dormouse";

const items = new Channel<number>(200);
const full = new Channel<number>(1);
const news = new Signal<string>();
const mutex = new Mutex();
const permits = new Semaphore(2);
let id: TaskId;

function fill(count: number): void {
  for (let i = 1; i <= count; i++) items.trySend(i);
}

const loser = task(async function loser(out: Console) {
  fill(1);
  news.set("news");
  await select({ first: yieldNow(), item: items.receive() });
  await select({ first: yieldNow(), word: news.wait() });
  await select({ first: yieldNow(), lock: mutex.lock() });
  await select({ first: yieldNow(), permit: permits.acquire() });
  out.write(items.length + " " + mutex.isLocked + " " + permits.available);
  out.write((await items.receive()) as number + " " + (await news.wait()));
});

const named = task(async function named(out: Console) {
  fill(2);
  const first = items.receive();
  out.write(items.length + " inside");
  out.write("took " + String(await items.receive()) + ", then " + String(await first));
});

const sender = task(async function sender(out: Console) {
  for (let i = 1; i <= 3; i++) {
    await full.send(i);
    out.write("sent " + i);
  }
  full.close();
  out.write(String(await full.send(4)));
});

const receiver = task(async function receiver(out: Console) {
  for await (const item of full) out.write("got " + item);
});

const greedy = task(async function greedy(out: Console) {
  try {
    for (;;) await items.receive();
  } finally {
    out.write(items.length + " left");
  }
});

const stopper = task(async function stopper(out: Console) {
  cancel(id);
  out.write("stop");
});

const locker = task(async function locker(out: Console, name: string) {
  for (let i = 0; i < 2; i++) {
    using guard = await mutex.lock();
    using permit = await permits.acquire();
    out.write(name + " has " + permits.available);
    await yieldNow();
  }
});

const scenarios: { [name: string]: (out: Console) => void } = {
  loser: (out) => { spawn(loser, out); },
  named: (out) => { spawn(named, out); },
  line: (out) => { spawn(sender, out); spawn(receiver, out); },
  budget: (out) => { fill(200); id = spawn(greedy, out); spawn(stopper, out); },
  lock: (out) => { spawn(locker, out, "a"); },
};
`;

test.before(async () => {
  forms = await loadScenarios(SOURCE);
});

const cases: [title: string, name: string, trace: string[]][] = [
  ["arms that lose take nothing", "loser", ["0 1 false 2", "0 1 news"]],
  ["a future with a name takes its item when it is awaited", "named", ["0 2 inside", "0 took 1, then 2"]],
  [
    "who waits to send goes on when an item is taken at once",
    "line",
    ["0 sent 1", "0 got 1", "0 got 2", "0 sent 2", "0 sent 3", "0 false", "0 got 3"],
  ],
  [
    "a task that had its share of such waits can be cancelled, and loses nothing",
    "budget",
    ["0 stop", "0 72 left"],
  ],
  ["locks and permits are taken and given back", "lock", ["0 a has 1", "0 a has 1"]],
];

for (const [title, name, trace] of cases) {
  test(title, async () => {
    assert.equal(await forms.onArena(name, 100), trace);
    assert.equal(forms.onBoard(name, 100), trace);
  });
}
