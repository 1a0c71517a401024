import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Jumps out of an inner loop that awaits, to the next turn of the outer one and to its end. */
const walk = task(async function walk(out: Console) {
  rows: for (const row of [1, 2, 3]) {
    for (const column of [1, 2, 3]) {
      await yieldNow();
      if (column > row) continue rows;
      if (row + column === 5) break rows;
      out.write(`row ${row}, column ${column}`);
    }
  }
  out.write("done");
  found: {
    for (const each of [1, 2, 3]) {
      await yieldNow();
      if (each === 2) break found;
    }
    out.write("not reached");
  }
  out.write([0, 1, 2, 3].map(nameOf).join());
});

/** The label of a block, in a function without an await. */
function nameOf(index: number): string {
  let name = "";
  for (const each of [0, 1, 2]) {
    block: {
      if (each === index) {
        for (;;) break block;
      }
      if (index === 3) continue;
      name += String(each);
    }
    name += ".";
  }
  return name;
}

export default function main(board: Board): void {
  spawn(walk, board.console);
}
