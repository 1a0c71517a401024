/** Loops in loops, left and gone on with by their labels. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const search = task(async function search(limit: number) {
  rows: for (let row = 0; row < limit; row++) {
    for (let column = 0; ; column++) {
      await yieldNow();
      if (column > row) continue rows;
      if (row * column === 6) break rows;
    }
  }
  await sleep(ms(1));
  out.write("over");
});

export default function main(board: Board): void {
  out = board.console;
  spawn(search, 5);
}
