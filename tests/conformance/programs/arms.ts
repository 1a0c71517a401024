/** Awaits inside the arms of a select, which are evaluated in order, and races inside of races. */
import { Channel, TIMED_OUT, ms, select, sleep, spawn, task, timeout, yieldNow, type Ticks } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function value<T extends number>(x: T): Promise<T> {
  await yieldNow();
  out.write(`value ${x}`);
  return x;
}

async function after(delay: Ticks, name: string): Promise<string> {
  out.write(`begins ${name}`);
  await sleep(delay);
  return name;
}

const main1 = task(async function main1() {
  const channel = new Channel<number>(4);
  let n = 1;
  const first = await select({
    a: after(ms(n), `a${n++}`),
    b: after(ms(await value(5)), `b${n}`),
    tick: sleep(ms(9)),
  });
  out.write(`${first.arm} ${String(first.value)}`);
  const second = await select({ sent: channel.send(await value(7)), late: sleep(ms(2)) });
  out.write(`${second.arm} ${(await channel.receive()) === 7}`);
  const late = await timeout(after(ms(await value(20)), "late"), ms(await value(3)));
  out.write(String(late === TIMED_OUT));
  const tick = sleep(ms(4));
  const third = await select({
    tick,
    c: after(ms((await select({ x: value(1), y: sleep(ms(9)) })).value ?? 2), "c"),
  });
  out.write(third.arm);
  const nested = await select({
    race: (async () => {
      const limit = ms(await value(2));
      return timeout(channel.receive(), limit);
    })(),
    other: after(ms(6), "other"),
  });
  out.write(`${nested.arm} ${nested.value === TIMED_OUT}`);
  const limit = ms(3);
  const inner = await timeout(
    (async () => select({ quick: after(ms(1), "quick"), slow: sleep(limit) }))(),
    limit,
  );
  out.write(inner === TIMED_OUT ? "timed out" : inner.arm);
  try {
    await select({ a: after(ms(1), "never"), b: after(ms(await failing()), "never") });
  } catch (error) {
    out.write((error as Error).message);
  }
});

async function failing(): Promise<number> {
  await yieldNow();
  throw new Error("before the race");
}

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
