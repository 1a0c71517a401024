import { Channel, ms, select, Signal, sleep, spawn, task } from "dormouse";
import type { Board, Clock, Console } from "dormouse/hal";

interface Reading {
  readonly at: number;
  readonly text: string;
}

const readings = new Channel<Reading>(4);
const names = new Signal<string>();
const points = new Map<string, number>();

function sum(...parts: number[]): number {
  return parts.length;
}

async function step(clock: Clock): Promise<number[]> {
  await sleep(ms(1));
  return [clock.now()];
}

/** Only while it starts. */
async function setUp(out: Console): Promise<void> {
  const parts = ["a", "b"];
  for (const part of parts) {
    await sleep(ms(1));
    out.write(`${part}${[...parts].length}`);
  }
}

export const measure = task(async function measure(clock: Clock, out: Console) {
  const list = [1, 2, 3];
  await setUp(out);
  for (let count = 0; ; count++) {
    let at = clock.now() as number;
    await readings.send({ at, text: `reading ${count}` });
    const text = "reading " + count + " of " + list.length;
    names.set(text);
    list.forEach((each) => (at += each));
    const copy = [...list];
    const later = sum(1, 2) + copy.length;
    for (const [name, point] of points) at += name.length + point + later;
    for (const each of list) at += each;
    const date = new Date(at);
    const bound = sum.bind(null, 1);
    [at, count] = [count, at];
    const values = await step(clock);
    const { arm } = await select({ name: names.wait(), pause: sleep(ms(10)) });
    // What is written may be put together, and what is thrown.
    out.write(`${arm} ${values.length} ${bound()} ${date.getTime()}`);
    if (at < 0) throw new Error(`time ${at}`);
    if (/x+/.test("x" + "y")) await sleep(ms(1));
    try {
      await sleep(ms(1));
    } catch (error) {
      out.write(String([error]));
    }
    // dormouse-ignore C232: the receiver keeps it
    await readings.send({ at, text: "" });
  }
});

export const brief = task(async function brief(out: Console) {
  for (let round = 0; round < 3; round++) {
    const parts = [round];
    await sleep(ms(1));
    out.write(String(parts));
  }
  for (;;) {
    const parts = [1];
    await sleep(ms(1));
    if (parts.length === 1) break;
  }
});

export default function main(board: Board): void {
  spawn(measure, board.clock, board.console);
  spawn(brief, board.console);
  void readings.receive;
}
