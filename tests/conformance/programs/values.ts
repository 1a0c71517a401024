/** Async functions as values: arguments, lists, tables, fields, and what makes them; with what they hold. */
import { Channel, ms, sleep, spawn, task, type Future } from "dormouse";
import type { Board, Console } from "dormouse/hal";

class Mutex {
  private readonly free = new Channel<boolean>(1);

  constructor() {
    this.free.trySend(true);
  }

  async lock(): Promise<void> {
    await this.free.receive();
  }

  unlock(): void {
    this.free.trySend(true);
  }
}

async function withLock<T>(mutex: Mutex, body: () => Promise<T>): Promise<T> {
  await mutex.lock();
  try {
    return await body();
  } finally {
    mutex.unlock();
  }
}

async function retry<T>(body: (attempt: number) => Promise<T>, times: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await body(attempt);
    } catch (error) {
      if (attempt === times) throw error;
      await sleep(ms(1));
    }
  }
}

async function one(): Promise<number> {
  await sleep(ms(1));
  return 1;
}

const two = async (): Promise<number> => {
  await sleep(ms(2));
  return 2;
};

const steps = [
  one,
  two,
  async () => {
    await sleep(ms(1));
    return 3;
  },
];

const handlers: Record<string, ((x: number, out: Console) => Promise<void>) | undefined> = {
  async open(x, out) {
    await sleep(ms(x));
    out.write(`open ${x} of ${Object.keys(this).length}`);
  },
  close: async (x, out) => {
    await sleep(ms(x));
    out.write(`close ${x}`);
  },
};

async function sum(...bodies: (() => Promise<number>)[]): Promise<number> {
  let all = 0;
  for (const body of bodies) all += await body();
  return all;
}

/** Takes what gives a future itself, too. */
async function twice(body: () => Future<number>): Promise<number> {
  return (await body()) + (await body());
}

class Counter {
  private count = 0;
  private readonly mutex = new Mutex();

  readonly bump = async (by: number): Promise<void> => {
    await sleep(ms(1));
    this.count += by;
  };

  async add(by: number): Promise<number> {
    await withLock(this.mutex, async () => {
      const before = this.count;
      await sleep(ms(1));
      this.count = before + by;
    });
    await this.bump(by);
    return this.count;
  }
}

/** Plain code that makes async functions, and holds what they share. */
function makeTicker(start: number): { next(): Promise<number>; reset: (to: number) => Promise<void> } {
  return {
    async next() {
      await sleep(ms(1));
      return start++;
    },
    reset: async (to) => {
      await sleep(ms(1));
      start = to;
    },
  };
}

function chosen(isFast: boolean): () => Promise<number> {
  async function slow(): Promise<number> {
    await sleep(ms(3));
    return isFast ? 0 : 33;
  }
  return isFast ? one : slow;
}

export const first = task(async function first(out: Console, given: () => Promise<number>) {
  const mutex = new Mutex();
  let count = 0;
  await withLock(mutex, async () => {
    count += await one();
  });
  const add = async (by: number): Promise<number> => {
    await sleep(ms(1));
    return (count += by);
  };
  out.write(`count ${count}, ${await withLock(mutex, () => add(4))}`);
  const value = await retry(async (attempt) => {
    if (attempt < 3) throw new Error("not yet");
    return attempt * 10 + (await add(1));
  }, 5);
  out.write(`retry ${value}`);
  try {
    await retry(async () => {
      await sleep(ms(1));
      throw new Error("never");
    }, 2);
  } catch (error) {
    out.write((error as Error).message);
  }
  out.write(`given ${await given()}`);
});

export const second = task(async function second(out: Console) {
  for (const step of steps) out.write(`step ${await step()}`);
  for (const name of ["open", "close", "none"]) await handlers[name]?.(2, out);
  const list: (() => Promise<number>)[] = [];
  for (let i = 0; i < 3; i++) {
    list.push(async () => {
      await sleep(ms(1));
      return (i += 10);
    });
  }
  for (const each of [...list, list[0]!]) out.write(`list ${await each()}`);
  out.write(`sum ${await sum(one, two, async () => 5)} and ${steps.indexOf(two)}`);
});

export const third = task(async function third(out: Console, isFast: boolean) {
  out.write(`chosen ${await (isFast ? one : two)()} ${await chosen(isFast)()} ${await chosen(!isFast)()}`);
  const numbers = new Channel<number>(4);
  for (let i = 1; i <= 2; i++) numbers.trySend(i);
  const receive = (): Future<number> => numbers.receive() as Future<number>;
  out.write(`twice ${await twice(receive)} ${await twice(one)}`);
  const counter = new Counter();
  out.write(`counter ${await counter.add(2)} ${await counter.add(3)}`);
  const ticker = makeTicker(7);
  const other = makeTicker(1);
  out.write(`ticker ${await ticker.next()} ${await ticker.next()} ${await other.next()}`);
  await ticker.reset(50);
  out.write(`ticker ${await ticker.next()} ${await other.next()}`);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- a function that is taken out of its object is what is tried
  const { next } = ticker;
  out.write(`${typeof next} ${await next()}`);
  const bad = (): Future<number> => undefined as unknown as Future<number>;
  let missing: (() => Promise<number>) | undefined = isFast ? one : two;
  out.write(`${await missing()}`);
  missing = undefined;
  try {
    await (missing as unknown as () => Promise<number>)();
  } catch (error) {
    out.write(String(error instanceof TypeError && typeof bad === "function"));
  }
});

export default function main(board: Board): void {
  const start = 99;
  spawn(first, board.console, async () => {
    await sleep(ms(1));
    return start;
  });
  spawn(second, board.console);
  spawn(third, board.console, true);
}
