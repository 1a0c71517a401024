/** What a scope cleans up, with a wait, however it is left. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";

let out: Console;
let warm = false;

const measure = task(async function measure(power: OutputPin) {
  try {
    power.write(1);
    await sleep(ms(5));
    if (!warm) throw new Error("cold");
  } catch (error) {
    out.write(String(error));
  } finally {
    power.write(0);
    await sleep(ms(1));
  }
});

export default function main(board: Board): void {
  out = board.console;
  warm = true;
  spawn(measure, board.output("D2"));
}
