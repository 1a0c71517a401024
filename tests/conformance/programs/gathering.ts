/** Several futures at once: `all`, `any`, `race`, `fairSelect`; who ends them, and what becomes of the others. */
import {
  Channel,
  Signal,
  all,
  any,
  cancel,
  fairSelect,
  ms,
  race,
  select,
  settled,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  yieldNow,
  type AnyError,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

/** Gives `name` after `delay`, throws it when it begins with "!". It takes 2 ms to clean up. */
async function answer(name: string, delay: number): Promise<string> {
  out.write(`begin ${name}`);
  let isOver = false;
  try {
    if (delay > 0) await sleep(ms(delay));
    isOver = true;
    if (name[0] === "!") throw new Error(name);
    return name;
  } finally {
    if (!isOver) await sleep(ms(2));
    out.write(`end ${name}`);
  }
}

function textOf(error: unknown): string {
  const { errors, message } = error as Partial<AnyError> & Error;
  return errors === undefined ? message : `(${errors.map(textOf).join(" ")})`;
}

async function gatherAll(items: Channel<number>, word: Signal<string>): Promise<void> {
  const first = await all({ a: answer("a", 5), b: answer("b", 3), c: sleep(ms(1)) });
  out.write(`${first.a} ${first.b} ${first.c === undefined}`);
  items.trySend(1);
  items.trySend(2);
  word.set("w");
  const { item, next, text } = await all({ item: items.receive(), next: items.receive(), text: word.wait() });
  out.write(`${String(item)} ${String(next)} ${text}`);
  const { now, then } = await all({ now: answer("now", 0), then: answer("then", 0) });
  out.write(now + then);
  const named = sleep(ms(3));
  await all({ named, again: named, c: answer("c", 1) });
  await named;
  out.write("named twice");
  const { inner, limit } = await all({
    inner: all({ x: answer("x", 2), y: answer("y", 1) }),
    limit: timeout(answer("limit", 9), ms(3)),
  });
  out.write(`${inner.x}${inner.y} ${limit === TIMED_OUT}`);
}

async function failAll(items: Channel<number>): Promise<void> {
  items.trySend(7);
  try {
    const both = await all({ item: items.receive(), bad: answer("!bad", 3), slow: answer("slow", 9) });
    out.write(`never ${String(both.item)}`);
  } catch (error) {
    out.write(`${textOf(error)}, ${String(await items.receive())} is back`);
  }
  try {
    await all({ bad: answer("!at once", 0), never: answer("never", 1) });
  } catch (error) {
    out.write(textOf(error));
  }
}

async function firstOf(): Promise<void> {
  out.write(await any({ a: answer("!a", 1), b: answer("b", 3), c: answer("c", 9) }));
  try {
    await any({ a: answer("!late", 3), b: answer("!soon", 1), c: answer("!now", 0) });
  } catch (error) {
    out.write(textOf(error));
  }
  out.write(await race({ a: answer("a", 5), b: answer("quick", 1) }));
  try {
    await race({ a: answer("a", 5), b: answer("!fast", 1) });
  } catch (error) {
    out.write(textOf(error));
  }
  const word = await race({ any: any({ x: answer("!x", 1), y: answer("y", 2) }), slow: answer("slow", 9) });
  out.write(word);
  const chosen = await select({ all: all({ p: answer("p", 1), q: answer("q", 2) }), end: sleep(ms(9)) });
  if (chosen.arm === "all") out.write(chosen.value.p + chosen.value.q);
}

async function takeTurns(a: Channel<number>, b: Channel<number>, c: Channel<number>): Promise<void> {
  for (let i = 0; i < 3; i++) for (const each of [a, b, c]) each.trySend(i);
  let order = "";
  for (let i = 0; i < 7; i++) {
    const { arm } = await fairSelect({ a: a.receive(), b: b.receive(), c: c.receive() });
    order += arm;
  }
  out.write(order);
  order = "";
  for (let i = 0; i < 4; i++) order += (await fairSelect({ x: answer("x", 0), y: answer("y", 0) })).arm;
  out.write(order);
}

/** One within another, with arms of the same names: each has turns of its own. */
async function takeTurnsInside(items: Channel<number>): Promise<void> {
  let order = "";
  for (let i = 0; i < 4; i++) {
    items.trySend(i);
    const { arm, value } = await fairSelect({
      one: sleep(ms(5)),
      two: fairSelect({ one: items.receive(), two: yieldNow() }),
    });
    order += arm === "two" ? value.arm : arm;
  }
  out.write(order);
}

const cancelled = task(async function cancelled() {
  try {
    await all({ a: answer("first", 20), b: answer("second", 20), c: answer("third", 0) });
  } finally {
    out.write("cancelled");
  }
});

const ticker = task(async function ticker() {
  for (let i = 0; i < 3; i++) await sleep(ms(7));
});

const main1 = task(async function main1() {
  const items = new Channel<number>(4);
  await gatherAll(items, new Signal<string>());
  await failAll(items);
  await firstOf();
  await takeTurns(items, new Channel<number>(4), new Channel<number>(4));
  await takeTurnsInside(new Channel<number>(4));
  const other = spawn(cancelled);
  await sleep(ms(5));
  cancel(other);
  await yieldNow();
  out.write(await settled(other));
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
  spawn(ticker);
}
