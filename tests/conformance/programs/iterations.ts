/* eslint-disable no-var -- `var`, which is one for all turns, is a part of it */
import { Channel, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function later<T>(value: T): Promise<T> {
  await sleep(ms(1));
  return value;
}

const produce = task(async function produce(items: Channel<number>) {
  for (let i = 1; i <= 3; i++) {
    await sleep(ms(2));
    await items.send(i);
  }
  items.close();
});

/** Loops over what is no array, and loops with `var`, each with awaits in it. */
const loop = task(async function loop(out: Console, items: Channel<number>) {
  for await (const item of items) out.write(`item ${item}`);

  const levels: { [name: string]: number } = { low: 1, mid: 5, high: 9 };
  for (const name in levels) {
    if (name === "low") delete levels["mid"];
    out.write(`${name} ${await later(levels[name])}`);
  }

  for (const letter of "ab") out.write(letter + (await later(1)));

  for (var i = 0, last = 2; i < last; i++) {
    await yieldNow();
    var seen: string | undefined = await later(`turn ${i}`);
  }
  out.write(`${seen}, ${i} of ${last}`);
});

export default function main(board: Board): void {
  const items = new Channel<number>(1);
  spawn(produce, items);
  spawn(loop, board.console, items);
}
