import { Channel, ms, recursive, select, sleep, spawn, task, yieldNow } from "dormouse";
import * as library from "dormouse";
import type { Board, Console } from "dormouse/hal";

enum Mode {
  Slow,
  Fast = 7,
}

const LIMIT = 3;
const WEIGHTS = [1, 2, 4] as const;
const items = new Channel<number>(4);
const cache = { hits: 0 };
let total = 0;

function weight(n: number): number {
  cache.hits++;
  return WEIGHTS[n % 3]!;
}

/** All of this may move. */
async function pause(mode: Mode, times = 2): Promise<number> {
  let rest = 0.5;
  try {
    for (let i = 0; i < times * LIMIT; i++) await sleep(ms(mode === Mode.Fast ? 1 : 10));
    rest = WEIGHTS[1];
  } finally {
    await yieldNow();
  }
  return rest;
}

export const fine = task(
  async function fine(id: number, isUrgent: boolean) {
    for (let left = 5; left > 0; left--) await pause(isUrgent ? Mode.Fast : Mode.Slow);
    return id;
  },
  { pool: 8, shared: true },
);

async function log(out: Console, text: string): Promise<void> {
  await yieldNow();
  out.write(text);
}

class Meter {
  static count = 0;
  private value = 0;

  async read(): Promise<number> {
    Meter.count++;
    await sleep(ms(1));
    return ++this.value;
  }
}

export const held = task(
  async function held(out: Console, retries: number = LIMIT) {
    const parts: string[] = [];
    let best: number | undefined;
    const count = () => parts.length;
    for (const each of [1, 2, 3]) {
      parts.push(`${each}`);
      await sleep(ms(5));
      best ??= each;
    }
    const tick = sleep(ms(50));
    const { arm } = await select({ tick, item: items.receive() });
    await log(out, arm);
    return count() + retries + (best ?? 0);
  },
  { shared: true },
);

async function* steps(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    await library.sleep(library.s(1));
    yield i;
  }
}

const power = recursive(
  async function power(n: number): Promise<number> {
    await yieldNow();
    return n === 0 ? 1 : 2 * (await power(n - 1));
  },
  { depth: 4 },
);

export const stepping = task(
  async function stepping(count: number) {
    let sum = 0;
    for await (const step of steps(count)) sum += step;
    return sum + (await power(3));
  },
  { shared: true },
);

export const tied = task(
  async function tied() {
    const meter = new Meter();
    total += weight(await meter.read());
    await items.send(total);
  },
  { shared: true },
);

export default function main(board: Board): void {
  spawn(fine, 1, true);
  spawn(held, board.console);
  spawn(tied);
  spawn(stepping, 3);
}
