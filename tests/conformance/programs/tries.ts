/** The library's retry: how often, after which pauses, of which errors, until when, and cancelled at any point. */
import {
  CLOSED,
  Channel,
  TIMED_OUT,
  makeRandom,
  ms,
  retry,
  sleep,
  spawn,
  stop,
  task,
  timeout,
  type Future,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const OPTIONS = { first: ms(2), limit: ms(10), attempts: 4 };
const items = new Channel<number>(1);
let calls = 0;

async function flaky(attempt: number): Promise<string> {
  await sleep(ms(1));
  if (calls++ < 2) throw new Error(`try ${attempt}`);
  return `got ${attempt}`;
}

class Bus {
  constructor(private readonly name: string) {}

  async read(attempt: number): Promise<string> {
    await sleep(ms(1));
    if (attempt < 2) throw new Error("no answer");
    return `${this.name} ${attempt}`;
  }
}

interface Sensor {
  read(): Future<number>;
}

class Slow implements Sensor {
  private reads = 0;

  async read(): Promise<number> {
    await sleep(ms(1));
    if (++this.reads < 2) throw new Error("not ready");
    return this.reads;
  }
}

class Broken implements Sensor {
  async read(): Promise<number> {
    throw new TypeError("broken");
  }
}

const endless = task(async function endless() {
  const fails = async (): Promise<void> => {
    try {
      await sleep(ms(1));
      throw new Error("again");
    } finally {
      await sleep(ms(1));
    }
  };
  try {
    await retry(fails, { first: ms(1), factor: 1 });
  } finally {
    out.write("endless ends");
  }
});

/** What `body` ends with. */
async function outcome(body: () => Promise<unknown>): Promise<void> {
  try {
    out.write(String(await body()));
  } catch (error) {
    out.write(String(error).slice(0, 19));
  }
}

const main1 = task(async function main1() {
  await outcome(() => retry(flaky, OPTIONS));
  const bus = new Bus("bus");
  await outcome(() => retry((attempt) => bus.read(attempt), OPTIONS));
  for (const sensor of [new Slow(), new Broken()] as readonly Sensor[])
    await outcome(() => retry(() => sensor.read(), OPTIONS));
  items.trySend(5);
  const item = await retry(() => items.receive(), OPTIONS);
  out.write(item === CLOSED ? "closed" : `item ${item}`);
  const random = makeRandom(7);
  for (const options of [
    OPTIONS,
    { first: ms(10), factor: 1.5, attempts: 5, random },
    { first: ms(3), within: ms(20) },
    { first: ms(1), when: (error: unknown, attempt: number) => error instanceof RangeError && attempt < 9 },
    { first: ms(0) },
    { first: ms(1), factor: 0.5 },
    { first: ms(1), attempts: 0 },
  ])
    await outcome(() =>
      retry(async (attempt) => {
        out.write(`try ${attempt}`);
        await sleep(ms(1));
        throw attempt === 3 ? new TypeError(`no ${attempt}`) : new RangeError(`no ${attempt}`);
      }, options),
    );
  const other = spawn(endless);
  await sleep(ms(5));
  out.write(await stop(other));
  const again = spawn(endless);
  await sleep(ms(2));
  out.write(await stop(again));
  const late = await timeout(retry(flaky, { first: ms(1) }), ms(20));
  out.write(late === TIMED_OUT ? "too late" : late);
  calls = -100;
  const fails = async (): Promise<never> => {
    await sleep(ms(2));
    throw new Error("again");
  };
  const never = await timeout(retry(fails, { first: ms(1) }), ms(10));
  out.write(never === TIMED_OUT ? "too late" : "?");
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
