/** A binding for each round, kept by a function. */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const keep = task(async function keep(out: Console) {
  const kept: (() => number)[] = [];
  for (let i = 0; i < 3; i++) {
    kept.push(() => i);
    await yieldNow();
  }
  out.write(kept.map((each) => each()).join());
});

export default function main(board: Board): void {
  spawn(keep, board.console);
}
