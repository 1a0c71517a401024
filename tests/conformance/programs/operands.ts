import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Tree {
  readonly leaf?: { readonly value: number };
}

async function later<T>(value: T): Promise<T> {
  await sleep(ms(1));
  return value;
}

async function sum(first: number, ...others: number[]): Promise<number> {
  await yieldNow();
  return others.reduce((total, each) => total + each, first);
}

/** Awaits among the operands of one expression: those to the left of it keep the value that they had. */
const show = task(async function show(out: Console) {
  const pair = [1, 2];
  out.write([...pair, await later(3), ...(await later([4]))].join(" "));
  out.write(`sum ${await sum(1, ...pair, await later(3))}`);

  let count = 1;
  out.write(`kept ${count + (await later(count++)) + count}`);

  const double = await later<((n: number) => number) | undefined>((n) => n * 2);
  out.write(`called ${double?.(await later(21))}`);
  const tree = await later<Tree | undefined>(undefined);
  out.write(`absent ${tree?.leaf?.value}`);

  const { a = await later("default"), b } = { b: "given" } as { a?: string; b: string };
  const [x, y = await later(8)] = [7];
  out.write(`${a} ${b} ${x} ${y}`);
  const key = { text: "k" };
  out.write(JSON.stringify({ ...{ p: 1 }, [key.text]: await later(2), q: 3 }));
});

export default function main(board: Board): void {
  spawn(show, board.console);
}
