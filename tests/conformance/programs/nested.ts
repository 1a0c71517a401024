/** Races as arms of races, and arms that are known when they run. */
import { Channel, Signal, TIMED_OUT, ms, select, sleep, spawn, task, timeout, type Future } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Source {
  read(): Future<number>;
}

class Slow implements Source {
  constructor(
    private readonly out: Console,
    private readonly time: number,
  ) {}

  async read(): Promise<number> {
    try {
      await sleep(ms(this.time));
      return this.time;
    } finally {
      await sleep(ms(1));
      this.out.write(`slow ${this.time} is over`);
    }
  }
}

class Queue implements Source {
  readonly items = new Channel<number>(4);

  read(): Future<number> {
    return this.items.receive() as Future<number>;
  }
}

async function read(value: number, time: number): Promise<number> {
  await sleep(ms(time));
  return value;
}

async function fail(time: number): Promise<number> {
  await sleep(ms(time));
  throw new Error(`failed after ${time}`);
}

const shown = (value: unknown): string => (value === TIMED_OUT ? "timed out" : String(value));

async function limited(source: Source, time: number): Promise<number | typeof TIMED_OUT> {
  return timeout(source.read(), ms(time));
}

export const races = task(async function races(out: Console) {
  const a = await timeout(select({ x: sleep(ms(20)), y: timeout(read(2, 3), ms(5)) }), ms(10));
  out.write(a === TIMED_OUT ? "timed out" : `${a.arm} ${shown(a.value)}`);
  const b = await timeout(select({ x: sleep(ms(20)), y: timeout(read(2, 30), ms(15)) }), ms(4));
  out.write(b === TIMED_OUT ? "timed out" : b.arm);
  const c = await select({
    slow: timeout(sleep(ms(9)), ms(2)),
    inner: select({ z: read(7, 1), w: sleep(ms(5)) }),
  });
  out.write(c.arm === "inner" ? `${c.value.arm} ${shown(c.value.value)}` : shown(c.value));
  for (let i = 0; i < 3; i++) {
    const d = await select({ one: timeout(read(i, i + 1), ms(2)), two: sleep(ms(4)) });
    out.write(`${d.arm} ${shown(d.value)}`);
  }
  try {
    await select({ a: timeout(fail(2), ms(5)), b: timeout(select({ c: fail(3) }), ms(9)) });
  } catch (error) {
    out.write((error as Error).message);
  }
  out.write(shown(await timeout(timeout(timeout(read(4, 9), ms(8)), ms(3)), ms(5))));
});

export const dispatched = task(async function dispatched(out: Console) {
  const queue = new Queue();
  queue.items.trySend(5);
  queue.items.trySend(6);
  const sources: Source[] = [queue, new Slow(out, 3), new Slow(out, 9)];
  for (const source of sources) {
    const picked = await select({ value: source.read(), late: sleep(ms(6)) });
    out.write(`${picked.arm} ${shown(picked.value)}`);
  }
  for (const source of sources) out.write(shown(await limited(source, 2)));
  const both = await select({ first: sources[1]!.read(), second: sources[2]!.read(), third: queue.read() });
  out.write(`${both.arm} ${shown(both.value)}`);
  const steps = [async (x: number) => read(x, 2), async (x: number) => x];
  for (const step of steps) {
    const got = await select({ step: timeout(step(8), ms(1)), other: sleep(ms(3)) });
    out.write(`${got.arm} ${shown(got.value)}`);
  }
  for (const isFast of [true, false]) {
    const got = await select({
      it: isFast ? steps[1]!(1) : timeout(sources[1]!.read(), ms(1)),
      end: sleep(ms(8)),
    });
    out.write(`${got.arm} ${shown(got.value)}`);
  }
});

export const cancelled = task(async function cancelled(out: Console, stop: Signal<void>) {
  let order = "";
  const note = (text: string): number => {
    order += text;
    return order.length;
  };
  const picked = await select({
    a: timeout(read(note("a"), note("b")), ms(note("c") + 4)),
    b: select({
      c: read(note("d"), 40),
      d: timeout(new Slow(out, note("e") + 20).read(), ms(note("f") + 30)),
    }),
    stop: stop.wait(),
  });
  out.write(`${order} ${picked.arm}`);
});

/** Moves between threads, where those with nested races do not. */
const beat = task(async function beat() {
  for (let i = 0; i < 3; i++) await timeout(sleep(ms(7)), ms(5));
});

export default function main(board: Board): void {
  spawn(races, board.console);
  spawn(dispatched, board.console);
  const stop = new Signal<void>();
  spawn(cancelled, board.console, stop);
  spawn(beat);
}
