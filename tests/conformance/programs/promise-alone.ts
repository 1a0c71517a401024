/** The only task of a program waits for promises, and nothing else can wake it. */
import { spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function load(value: number): Promise<number> {
  await Promise.resolve();
  if (value > 5) throw new RangeError(`no ${value}`, { cause: value });
  return value;
}

const ask = task(async function ask(out: Console) {
  const [a, b] = await Promise.all([load(1), load(2)]);
  out.write(`${a} ${b}`);
  for (const value of [5, 6]) {
    try {
      out.write(String(await load(value)));
    } catch (error) {
      out.write(`${(error as Error).message} because of ${String((error as Error).cause)}`);
    }
  }
});

export default function main(board: Board): void {
  spawn(ask, board.console);
}
