/** select and timeout, on both executors; what the tasks wrote is compared whole. */
import * as assert from "uvu/assert";
import { loadScenarios, type Scenarios } from "../../../support/scenarios.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/flow/group");
let forms: Scenarios;

const SOURCE = `
const items = new Channel<string>(2);
const small = new Channel<string>(1);
const word = new Signal<string>();

const waiter = task(async function waiter(out: Console) {
  for (let i = 0; i < 3; i++) {
    const next = await select({ item: items.receive(), word: word.wait(), end: sleep(ms(20)) });
    out.write(next.arm + " " + String(next.value));
  }
});

const feeder = task(async function feeder(out: Console, steps: string) {
  for (const step of steps.split("")) {
    if (step === "i") items.trySend("item");
    else if (step === "w") word.set("word");
    else await sleep(ms(1));
  }
  await sleep(ms(100));
  out.write("left " + items.length + " " + String(await timeout(word.wait(), ms(1)) !== TIMED_OUT));
});

const sender = task(async function sender(out: Console) {
  items.trySend("ready");
  const first = await select({ item: items.receive(), sent: small.send("a") });
  out.write(first.arm + " " + String(first.value) + ", left " + items.length);
  const second = await select({ sent: small.send("b"), end: sleep(ms(5)) });
  out.write(second.arm + ", has " + small.length);
  out.write(String(await small.receive()));
  out.write("has " + small.length);
});

const ticker = task(async function ticker(out: Console) {
  const tick = sleep(ms(10));
  for (let i = 0; i < 3; i++) {
    const next = await select({ pause: sleep(ms(4)), tick });
    out.write(next.arm);
  }
  await tick;
  out.write("the tick again");
});

const keeper = task(async function keeper(out: Console) {
  items.trySend("kept");
  const item = items.receive();
  const first = await select({ never: word.wait(), item });
  out.write(first.arm + " " + String(first.value));
  out.write(String(await item));
});

async function child(out: Console, name: string, delay: number): Promise<string> {
  try {
    await sleep(ms(delay));
    return name + " done";
  } finally {
    out.write(name + " cleans");
    await sleep(ms(3));
    out.write(name + " clean");
  }
}

const racer = task(async function racer(out: Console) {
  for (let i = 0; i < 2; i++) {
    const next = await select({ slow: child(out, "slow", 10), fast: child(out, "fast", 5) });
    out.write(next.arm + " " + next.value);
  }
});

const limited = task(async function limited(out: Console) {
  out.write(String(await timeout(child(out, "short", 5), ms(20))));
  out.write(String(await timeout(child(out, "long", 50), ms(20))));
  out.write(String(await timeout(items.receive(), ms(5))));
  items.trySend("x");
  out.write(String(await timeout(items.receive(), ms(5))));
});

async function failing(delay: number): Promise<void> {
  await sleep(ms(delay));
  throw new Error("failed");
}

const catcher = task(async function catcher(out: Console) {
  try {
    await select({ failing: failing(5), slow: child(out, "slow", 50) });
  } catch (error) {
    out.write("caught " + String(error));
  }
  await select({ failing: failing(5), end: sleep(ms(50)) });
});

function broken(): number {
  throw new Error("no argument");
}

const breaker = task(async function breaker(out: Console) {
  for (let i = 0; i < 2; i++) {
    try {
      const next = await select({ item: items.receive(), kid: child(out, "kid", 50), end: sleep(ms(i === 0 ? 5 : broken())) });
      out.write(next.arm);
    } catch (error) {
      out.write(String(error));
    }
    if (i === 0) items.trySend("for whom");
    await sleep(ms(1));
  }
  items.trySend("y");
  out.write("left " + items.length);
  out.write(String(await timeout(items.receive(), ms(5))));
});

async function inner(out: Console): Promise<string> {
  const next = await select({ one: child(out, "one", 5), two: child(out, "two", 20) });
  return next.value;
}

const nester = task(async function nester(out: Console) {
  const next = await select({ inner: inner(out), end: sleep(ms(30)) });
  out.write(next.arm + " " + String(next.value));
  const late = await select({ inner: inner(out), end: sleep(ms(2)) });
  out.write(late.arm);
});

async function pusher(out: Console): Promise<void> {
  try {
    await sleep(ms(2));
    items.trySend("from an arm");
    out.write("pushed");
    await sleep(ms(50));
  } finally {
    out.write("pusher ends");
  }
}

const sibling = task(async function sibling(out: Console) {
  const next = await select({ item: items.receive(), pusher: pusher(out) });
  out.write(next.arm + " " + String(next.value));
});

async function atOnce(): Promise<string> {
  return "at once";
}

const quick = task(async function quick(out: Console) {
  items.trySend("z");
  const first = await select({ late: child(out, "late", 5), now: atOnce(), end: sleep(ms(1)) });
  out.write(first.arm);
  const second = await select({ now: atOnce(), item: items.receive() });
  out.write(second.arm + ", left " + items.length);
});

const closer = task(async function closer(out: Console) {
  small.close();
  items.trySend("open");
  const next = await select({ item: items.receive(), sent: small.send("x") });
  out.write(next.arm + " " + String(next.value));
  const over = await select({ small: small.receive(), end: sleep(ms(5)) });
  out.write(over.arm + " " + String(over.value));
});

const twice = task(async function twice(out: Console) {
  const tick = sleep(ms(1));
  items.trySend("one");
  await sleep(ms(5));
  const next = await select({ tick, first: items.receive(), second: items.receive() });
  out.write(next.arm + ", left " + items.length);
});

const one = new Channel<string>(1);

const taker = task(async function taker(out: Console) {
  out.write("took " + String(await one.receive()));
});

const filler = task(async function filler() {
  one.trySend("first");
});

const trader = task(async function trader(out: Console) {
  const next = await select({ got: one.receive(), sent: one.send("own") });
  out.write(next.arm + " " + String(next.value));
});

const giver = task(async function giver(out: Console) {
  out.write("gave " + String(await one.send("last")));
});

const drainer = task(async function drainer(out: Console) {
  await sleep(ms(5));
  for (let i = 0; i < 2; i++) out.write(String(await timeout(one.receive(), ms(2))));
});

/** A future that the compiler does not see, and nobody awaits. */
function forgetful(): void {
  (sleep as (delay: unknown) => unknown)(100);
}

const forgetter = task(async function forgetter(out: Console) {
  forgetful();
  const next = await select({ short: sleep(ms(5)), item: items.receive() });
  out.write(next.arm);
  forgetful();
});

const again = task(async function again(out: Console) {
  spawn(forgetter, out);
  await sleep(ms(10));
  spawn(forgetter, out);
  await sleep(ms(150));
  out.write("over");
});

const waiting = (steps: string) => (out: Console) => { spawn(waiter, out); spawn(feeder, out, steps); };

const scenarios: { [name: string]: (out: Console) => void } = {
  one: waiting("-i-w-"), itemFirst: waiting("-iw-"), wordFirst: waiting("-wi-"), ready: waiting("wi-"), none: waiting(""),
  send: (out) => { spawn(sender, out); },
  named: (out) => { spawn(ticker, out); },
  kept: (out) => { spawn(keeper, out); },
  strands: (out) => { spawn(racer, out); },
  timeouts: (out) => { spawn(limited, out); },
  failing: (out) => { spawn(catcher, out); },
  broken: (out) => { spawn(breaker, out); },
  nested: (out) => { spawn(nester, out); },
  sibling: (out) => { spawn(sibling, out); },
  quick: (out) => { spawn(quick, out); },
  closed: (out) => { spawn(closer, out); },
  twice: (out) => { spawn(twice, out); },
  trade: (out) => { spawn(taker, out); spawn(filler); spawn(trader, out); spawn(giver, out); spawn(drainer, out); },
  forgotten: (out) => { spawn(again, out); },
};
`;

test.before(async () => {
  forms = await loadScenarios(SOURCE);
});

const cases: [title: string, name: string, trace: string[]][] = [
  ["gives one arm at a time", "one", ["1 item item", "2 word word", "22 end undefined", "104 left 0 false"]],
  [
    "lets the first completion decide, and keeps the other value for the next round",
    "itemFirst",
    ["1 item item", "1 word word", "21 end undefined", "103 left 0 false"],
  ],
  [
    "lets the first completion decide, and gives a promised item back",
    "wordFirst",
    ["1 word word", "1 item item", "21 end undefined", "103 left 0 false"],
  ],
  [
    "decides anew in each round",
    "ready",
    ["0 word word", "0 item item", "20 end undefined", "102 left 0 false"],
  ],
  [
    "takes a time out when nothing comes",
    "none",
    ["20 end undefined", "40 end undefined", "60 end undefined", "101 left 0 false"],
  ],
  [
    "prefers a send that went through, and drops one that waits",
    "send",
    ["0 sent true, left 1", "5 end, has 1", "5 a", "5 has 0"],
  ],
  [
    "keeps a named future running when it loses",
    "named",
    ["4 pause", "8 pause", "10 tick", "10 the tick again"],
  ],
  ["keeps the value of a named future that won", "kept", ["0 item kept", "0 kept"]],
  [
    "cancels a losing call, and goes on when its cleanup is over",
    "strands",
    [
      "5 fast cleans",
      "8 fast clean",
      "8 slow cleans",
      "11 slow clean",
      "11 fast fast done",
      "16 fast cleans",
      "19 fast clean",
      "19 slow cleans",
      "22 slow clean",
      "22 fast fast done",
    ],
  ],
  [
    "gives the value in time, or says that time is up",
    "timeouts",
    [
      "5 short cleans",
      "8 short clean",
      "8 short done",
      "28 long cleans",
      "31 long clean",
      "31 TIMED_OUT",
      "36 TIMED_OUT",
      "36 x",
    ],
  ],
  [
    "throws what the winning call threw, when the losers are gone",
    "failing",
    ["5 slow cleans", "8 slow clean", "8 caught Error: failed", "catcher: Error: failed"],
  ],
  [
    "drops the arms made so far when making one throws",
    "broken",
    ["5 kid cleans", "8 kid clean", "8 end", "9 Error: no argument", "10 left 2", "10 for whom"],
  ],
  [
    "nests",
    "nested",
    [
      "5 one cleans",
      "8 one clean",
      "8 two cleans",
      "11 two clean",
      "11 inner one done",
      "13 one cleans",
      "13 two cleans",
      "16 one clean",
      "16 two clean",
      "16 end",
    ],
  ],
  [
    "lets an arm complete another one, and cancels it then",
    "sibling",
    ["2 pushed", "2 pusher ends", "2 item from an arm"],
  ],
  [
    "takes a call that ends without waiting, but what is ready before it",
    "quick",
    ["0 late cleans", "3 late clean", "3 now", "3 item, left 0"],
  ],
  ["stays decided when a loser gives what it was promised to another loser", "twice", ["5 tick, left 1"]],
  [
    "sends to a channel or receives from it, and never takes its own item",
    "trade",
    ["0 took first", "0 sent true", "5 own", "5 last", "5 gave true"],
  ],
  [
    "is not held up by a future that nobody awaits, nor is the next task of the slot",
    "forgotten",
    ["5 short", "15 short", "160 over"],
  ],
  ["takes a closed channel as ready, where nothing can be sent", "closed", ["0 item open", "0 small CLOSED"]],
];

for (const [title, name, trace] of cases) {
  test(title, async () => {
    assert.equal(await forms.onArena(name, 200), trace);
  });
  test(`${title}, on a board`, () => {
    assert.equal(forms.onBoard(name, 200), trace);
  });
}
