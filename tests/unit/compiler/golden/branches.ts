/** Waits in the arms of if, of a condition and of a switch, and in a case of it. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function limit(): Promise<number> {
  await yieldNow();
  return 2;
}

const choose = task(async function choose(kind: number) {
  if (kind > 2) await sleep(ms(kind));
  switch (kind) {
    case 1:
    case await limit():
      out.write("few");
      break;
    default:
      await sleep(ms(2));
  }
  out.write("done");
});

export default function main(board: Board): void {
  out = board.console;
  spawn(choose, 1);
}
