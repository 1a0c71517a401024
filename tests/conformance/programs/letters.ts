/** Letters beyond ASCII reach the console as they are. */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const letters = task(async function letters(out: Console) {
  const degrees = 21;
  await yieldNow();
  out.write("21 °C, größer, naïve");
  out.write(`${degrees} °C | λ | 漢字`);
});

export default function main(board: Board): void {
  spawn(letters, board.console);
}
