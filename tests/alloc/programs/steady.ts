/**
 * Tasks that do one thing again and again, by name. A round takes so many steps and ends; what steps allocate is the
 * difference between a long round and a short one. The `round` comes from the test.
 */
import {
  after,
  Channel,
  deadline,
  Debounce,
  Interval,
  ms,
  now,
  select,
  Signal,
  sleep,
  sleepUntil,
  spawn,
  task,
  Throttle,
  timeout,
  yieldNow,
} from "dormouse";
import { EdgePin } from "dormouse/hal";
import { isMore, over, play, start, STOP, type Rounds } from "./round.js";

const VALUES = [1, 2, 3];

const items = new Channel<number>(2);
const question = new Signal<number>();
const answer = new Signal<number>();
const interval = new Interval(ms(3));
const skipping = new Interval(ms(3), "skip");
const throttle = new Throttle(ms(2));
const debounce = new Debounce<number>(ms(2));
const pin = new EdgePin("D2", () => 0, null);

let sum = 0;
/** A chain that only grows. */
let kept: object | null = null;

const yielder = task(
  async function yielder() {
    while (isMore()) await yieldNow();
    over();
  },
  { pool: 2 },
);

async function inner(value: number): Promise<number> {
  await yieldNow();
  return value + 1;
}

async function outer(value: number): Promise<number> {
  const one = await inner(value);
  return one + (await inner(one));
}

const caller = task(async function caller() {
  while (isMore()) sum = (sum + (await outer(1))) & 0xff;
  over();
});

const asker = task(async function asker() {
  while (isMore()) {
    question.set(1);
    sum = await answer.wait();
  }
  question.set(STOP);
  over();
});

const answerer = task(async function answerer() {
  while ((await question.wait()) !== STOP) answer.set(2);
  over();
});

const sender = task(async function sender() {
  while (isMore()) await items.send(1);
  await items.send(STOP);
  over();
});

const receiver = task(async function receiver() {
  while ((await items.receive()) !== STOP) sum = 0;
  over();
});

const sleeper = task(
  async function sleeper() {
    while (isMore()) await sleep(ms(1));
    over();
  },
  { pool: 2 },
);

/** Each arm wins in turn. */
const chooser = task(async function chooser() {
  for (;;) {
    const next = await select({ item: items.receive(), word: question.wait(), end: sleep(ms(2)) });
    if (next.arm === "item" && next.value === STOP) break;
  }
  over();
});

const feeder = task(async function feeder() {
  while (isMore()) {
    items.trySend(1);
    await yieldNow();
    question.set(1);
    await sleep(ms(5));
  }
  await items.send(STOP);
  over();
});

const ticker = task(async function ticker() {
  while (isMore()) {
    const tick = sleep(ms(5));
    while ((await select({ tick, pause: sleep(ms(2)) })).arm !== "tick") sum = 0;
  }
  over();
});

async function work(delay: number): Promise<number> {
  try {
    await sleep(ms(delay));
    return delay;
  } finally {
    await yieldNow();
  }
}

const limiter = task(async function limiter() {
  while (isMore()) {
    await timeout(work(1), ms(3));
    await timeout(work(5), ms(3));
  }
  over();
});

const racer = task(async function racer() {
  while (isMore()) await select({ fast: work(1), slow: work(9) });
  over();
});

const cleaner = task(async function cleaner() {
  while (isMore()) {
    try {
      await yieldNow();
      if (sum === 0) continue;
    } finally {
      await yieldNow();
    }
  }
  over();
});

const looper = task(async function looper() {
  while (isMore()) for (const value of VALUES) sum = (await inner(value)) & 1;
  over();
});

async function* more(): AsyncGenerator<number> {
  try {
    while (isMore()) {
      await yieldNow();
      yield 1;
    }
  } finally {
    sum = 0;
  }
}

const iterator = task(async function iterator() {
  for await (const value of more()) sum = (sum + value) & 1;
  over();
});

class Held {
  count = 0;

  [Symbol.dispose](): void {
    this.count = (this.count + 1) & 1;
  }
}

class SlowlyHeld {
  async [Symbol.asyncDispose](): Promise<void> {
    await yieldNow();
  }
}

const held = new Held();
const slowlyHeld = new SlowlyHeld();

const holder = task(async function holder() {
  while (isMore()) {
    using one = held;
    await using other = slowlyHeld;
    await yieldNow();
    sum = one.count + (other === slowlyHeld ? 1 : 0);
  }
  over();
});

const watcher = task(async function watcher() {
  while (sum !== -1) await pin.anyEdge();
  over();
});

const pulser = task(async function pulser() {
  sum = 0;
  while (isMore()) {
    await yieldNow();
    pin.changed(1);
  }
  sum = -1;
  pin.changed(1);
  over();
});

/** In time, and late by two periods and a half. */
const beat = task(async function beat() {
  while (isMore()) {
    sum = await interval.tick();
    sum = await skipping.tick();
    await sleep(ms(7));
  }
  over();
});

const pacer = task(
  async function pacer() {
    while (isMore()) await throttle.turn();
    over();
  },
  { pool: 2 },
);

const bouncer = task(async function bouncer() {
  while (isMore()) {
    debounce.set(1);
    await yieldNow();
    debounce.set(2);
    sum = await debounce.settled();
  }
  over();
});

const clockReader = task(async function clockReader() {
  while (isMore()) {
    const start = now();
    await sleepUntil(after(start, ms(2)));
    await deadline(work(1), after(start, ms(9)));
    await deadline(work(9), after(start, ms(5)));
  }
  over();
});

/** The one that allocates, and keeps it: every measurement must see that. */
const waster = task(async function waster() {
  while (isMore()) {
    kept = { kept };
    await yieldNow();
  }
  sum = kept === null ? 0 : 1;
  over();
});

export const rounds: Rounds = {
  "a task switch": () =>
    start(
      () => spawn(yielder),
      () => spawn(yielder),
    ),
  "a call with a result": () => start(() => spawn(caller)),
  "a round trip over signals": () =>
    start(
      () => spawn(answerer),
      () => spawn(asker),
    ),
  "a message through a channel": () =>
    start(
      () => spawn(sender),
      () => spawn(receiver),
    ),
  "a sleep": () =>
    start(
      () => spawn(sleeper),
      () => spawn(sleeper),
    ),
  "a select": () =>
    start(
      () => spawn(chooser),
      () => spawn(feeder),
    ),
  "a select over a future with a name": () => start(() => spawn(ticker)),
  "a timeout, met and missed": () => start(() => spawn(limiter)),
  "a race of calls": () => start(() => spawn(racer)),
  "a finally": () => start(() => spawn(cleaner)),
  "a loop over an array": () => start(() => spawn(looper)),
  "a loop over a generator": () => start(() => spawn(iterator)),
  "resources of a scope": () => start(() => spawn(holder)),
  "ticks of intervals, in time and late": () => start(() => spawn(beat)),
  "turns of a throttle": () =>
    start(
      () => spawn(pacer),
      () => spawn(pacer),
    ),
  "a value that settles": () => start(() => spawn(bouncer)),
  "waits until an instant, and deadlines": () => start(() => spawn(clockReader)),
  "an edge": () =>
    start(
      () => spawn(watcher),
      () => spawn(pulser),
    ),
};

/** One more object in each step. */
export const WASTE = "one more object";

const all: Rounds = { ...rounds, [WASTE]: () => start(() => spawn(waster)) };

export default function main(): void {
  play(all, main);
}
