/** One function that waits, awaited from two places, with a result. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function settle(from: number): Promise<number> {
  await sleep(ms(from));
  return from + 1;
}

const sum = task(async function sum() {
  const first = await settle(2);
  out.write(String(first + (await settle(first))));
});

export default function main(board: Board): void {
  out = board.console;
  spawn(sum);
}
