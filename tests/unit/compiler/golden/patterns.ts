/** Patterns and defaults, with a wait among the operands. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function offset(): Promise<number> {
  await sleep(ms(1));
  return 5;
}

const scale = task(async function scale(readings: readonly number[]) {
  const [first = 0, ...rest] = readings;
  const { length: count } = rest;
  out.write(`${first + (await offset()) * count}`);
});

export default function main(board: Board): void {
  out = board.console;
  spawn(scale, [1, 2, 3]);
}
