/** The first of two waits, one of them a function of the program. */
import { ms, select, Signal, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function patience(): Promise<string> {
  await sleep(ms(3));
  return "late";
}

const wait = task(async function wait(pressed: Signal<number>) {
  const first = await select({ pressed: pressed.wait(), late: patience() });
  out.write(first.arm);
});

export default function main(board: Board): void {
  out = board.console;
  spawn(wait, new Signal<number>());
}
