/** Both executors poll the same tasks in the same passes: what the tasks wrote is compared whole. */
import * as assert from "uvu/assert";
import { loadScenarios, type Scenarios } from "../../support/scenarios.js";
import { suite } from "../../support/suite.js";

const test = suite("core: order of polls");
let forms: Scenarios;

const SOURCE = `
const items = new Channel<string>(1);
let id: TaskId;

/** Writes in which pass it is polled. */
const counter = task(async function counter(out: Console, passes: number) {
  for (let i = 1; i <= passes; i++) {
    out.write("pass " + i);
    await yieldNow();
  }
});

const spinner = task(async function spinner(out: Console) {
  for (let i = 0; i < 40; i++) await yieldNow();
  out.write("40 yields");
});

const sleeper = task(async function sleeper(out: Console) {
  await sleep(ms(100));
  out.write("slept");
});

async function atOnce(): Promise<string> {
  return "at once";
}

/** In the second pass, before the others. */
const first = task(async function first(out: Console, what: string) {
  await yieldNow();
  if (what === "send") items.trySend("item");
  if (what === "spawn") spawn(brief, out, "again");
});

const chooser = task(async function chooser(out: Console) {
  out.write(String(await timeout(atOnce(), ms(5))));
  out.write(String(await items.receive()));
});

const brief = task(async function brief(out: Console, name: string) {
  cancel(id);
  out.write(name);
});

const scenarios: { [name: string]: (out: Console) => void } = {
  spin: (out) => { spawn(spinner, out); spawn(sleeper, out); },
  child: (out) => { spawn(first, out, "send"); spawn(chooser, out); spawn(counter, out, 3); },
  reuse: (out) => { spawn(first, out, "spawn"); id = spawn(brief, out, "once"); spawn(counter, out, 3); },
};
`;

/** Kinds get their slots in the order of declaration, which is the order of polls in a pass. */
const ORDERED = SOURCE.replace(/(const counter = [^]*?\n\}\);\n)([^]*)(const scenarios)/, "$2$1\n$3");

test.before(async () => {
  forms = await loadScenarios(ORDERED);
});

const cases: [title: string, name: string, trace: string[]][] = [
  [
    "goes on with ready tasks however many passes they take, beside one that sleeps",
    "spin",
    ["0 40 yields", "100 slept"],
  ],
  [
    "does not wake the parent of a call that ends while it is looking",
    "child",
    ["0 at once", "0 pass 1", "0 item", "0 pass 2", "0 pass 3"],
  ],
  [
    "polls the next task of a slot once, though the one before was woken as it ended",
    "reuse",
    ["0 once", "0 pass 1", "0 again", "0 pass 2", "0 pass 3"],
  ],
];

for (const [title, name, trace] of cases) {
  test(title, async () => {
    assert.equal(await forms.onArena(name, 150), trace);
  });
  test(`${title}, on a board`, () => {
    assert.equal(forms.onBoard(name, 150), trace);
  });
}
