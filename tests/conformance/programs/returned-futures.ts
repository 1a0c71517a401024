/** What is returned from a `try` is awaited outside of it: its error passes the `catch` by, and comes after `finally`. */
/* eslint-disable @typescript-eslint/return-await -- returns that do not wait are what it is about */
import { ms, Signal, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function half(n: number): Promise<number> {
  await yieldNow();
  if (n % 2 === 1) throw new Error(`odd ${n}`);
  return n / 2;
}

function checked(n: number): number {
  if (n > 10) throw new Error(`large ${n}`);
  return n;
}

class Store {
  async twice(n: number): Promise<number> {
    try {
      return this.plus(n, n);
    } catch {
      return -1;
    }
  }

  private async plus(a: number, b: number): Promise<number> {
    await sleep(ms(1));
    return half(a + b + 1);
  }
}

async function called(n: number): Promise<number> {
  try {
    return half(checked(n));
  } catch (error) {
    return (error as Error).message.length;
  }
}

async function chosen(n: number): Promise<number> {
  for (;;) {
    try {
      try {
        if (n < 4) return n < 2 ? half(n) : n < 3 ? n * 100 : await half(n);
        return half(n);
      } catch {
        return 7;
      }
    } catch {
      return 8;
    }
  }
}

/** Which method it is, is known when it runs. */
class Doubled extends Store {
  override async twice(n: number): Promise<number> {
    await yieldNow();
    return half(n + n);
  }
}

async function overridden(store: Store, n: number): Promise<number> {
  try {
    return store.twice(checked(n));
  } catch (error) {
    return (error as Error).message.length;
  }
}

function* upTo(n: number, out: Console): Generator<number> {
  try {
    for (let i = 0; i < n; i++) yield i;
  } finally {
    out.write("closed");
  }
}

async function* slowly(n: number, out: Console): AsyncGenerator<number> {
  try {
    for (const i of upTo(n, out)) yield i;
  } finally {
    await yieldNow();
    out.write("closed slowly");
  }
}

async function shown(n: number, out: Console): Promise<number> {
  out.write(`begins ${n}`);
  await sleep(ms(1));
  out.write(`ends ${n}`);
  return half(n);
}

/** What closes something when it is left waits before. */
async function closing(kind: string, out: Console): Promise<number> {
  if (kind === "loop") for (const i of upTo(3, out)) if (i > 0) return i & 2 || shown(i + 1, out);
  if (kind === "slow loop") for await (const i of slowly(3, out)) if (i > 1) return shown(i, out);
  using resource = { [Symbol.dispose]: () => out.write(`disposed ${typeof resource}`) };
  if (kind === "using") return kind.length > 3 ? shown(3, out) : 1;
  return shown(4, out);
}

async function waited(values: Signal<number>, kind: string): Promise<unknown> {
  try {
    if (kind === "sleep") return sleep(ms(2));
    if (kind === "yield") return yieldNow();
    values.set(5);
    return values.wait();
  } catch {
    return 9;
  }
}

async function promised(n: number, out: Console): Promise<number> {
  try {
    try {
      return n === 1 ? Promise.reject<number>(new Error("rejected")) : Promise.resolve(n);
    } catch {
      return 10;
    } finally {
      out.write("before it is awaited");
      if (n > 1) await sleep(ms(1));
    }
  } finally {
    out.write("and here");
    if (n === 3) throw new Error("replaced");
  }
}

async function told(out: Console, what: string, run: () => Promise<unknown>): Promise<void> {
  try {
    out.write(`${what} gives ${String(await run())}`);
  } catch (error) {
    out.write(`${what} throws ${(error as Error).message}`);
  }
}

const show = task(async function show(out: Console) {
  for (const n of [4, 3, 12]) await told(out, `called ${n}`, async () => called(n));
  for (const n of [0, 1, 2, 3, 5, 6]) await told(out, `chosen ${n}`, async () => chosen(n));
  const values = new Signal<number>();
  for (const kind of ["sleep", "yield", "value"]) await told(out, kind, async () => waited(values, kind));
  const store = new Store();
  await told(out, "method", async () => store.twice(2));
  for (const each of [store, new Doubled()])
    for (const n of [4, 12]) await told(out, `overridden ${n}`, async () => overridden(each, n));
  for (const kind of ["loop", "slow loop", "using", "else"])
    await told(out, kind, async () => closing(kind, out));
  for (const n of [1, 2, 3]) await told(out, `promised ${n}`, async () => promised(n, out));
});

export default function main(board: Board): void {
  spawn(show, board.console);
}
