/** Loops over what is not an array, with awaits in them; and awaits in every corner of an expression. */
import { Channel, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function later<T>(value: T): Promise<T> {
  await sleep(ms(1));
  return value;
}

async function sum(first: number, ...others: number[]): Promise<number> {
  await yieldNow();
  return others.reduce((total, each) => total + each, first);
}

const producer = task(async function producer(items: Channel<number>) {
  for (let i = 1; i <= 3; i++) {
    await sleep(ms(2));
    await items.send(i);
  }
  items.close();
});

const loops = task(async function loops(out: Console, items: Channel<number>) {
  for await (const item of items) out.write(`item ${item}`);

  const levels: { [name: string]: number } = { low: 1, mid: 5, high: 9 };
  for (const name in levels) {
    if (name === "low") delete levels["mid"];
    out.write(`${name} ${await later(levels[name])}`);
  }

  for (const letter of "ab") out.write(letter + (await later(1)));

  for (var i = 0, last = 2; i < last; i++) await yieldNow();
  out.write(`${i} of ${last}`);

  if (i > 1) {
    var found = await later("seen");
  }
  out.write(found!);
});

const corners = task(async function corners(out: Console) {
  const pair = [1, 2];
  out.write([...pair, await later(3), ...(await later([4]))].join(" "));
  out.write(String(await sum(1, ...pair, await later(3))));
  const maybe: { read(n: number): number } | undefined = { read: (n) => n * 2 };
  out.write(String(maybe?.read(await later(21))));
  const nothing = (await later(undefined)) as { deep?: { value: number } } | undefined;
  out.write(String(nothing?.deep?.value));
  const { a = await later("default"), b } = { b: "given" } as { a?: string; b: string };
  out.write(`${a} ${b}`);
  const [x, y = await later(8)] = [7];
  out.write(`${x} ${y}`);
  const key = { text: "k" };
  out.write(JSON.stringify({ ...{ p: 1 }, [key.text]: await later(2), q: 3 }));
});

export default function main(board: Board): void {
  const items = new Channel<number>(1);
  spawn(producer, items);
  spawn(loops, board.console, items);
  spawn(corners, board.console);
}
