/** Lines as the console takes them: blank ones, spaces at their ends, breaks inside; outputs that begin high. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";

export const print = task(async function print(out: Console, lights: readonly OutputPin[]) {
  out.write("");
  out.write("  indented, and spaces behind  ");
  for (const light of lights) {
    light.write(0);
    await sleep(ms(2));
    light.write(1);
    out.write(`${light.name}\n\nis ${light.read()}\n`);
  }
});

export default function main(board: Board): void {
  const first = board.output("LED1", { initial: 1 });
  spawn(print, board.console, [first, board.output("LED2"), board.output("D2", { initial: 1 })]);
}
