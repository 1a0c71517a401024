import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** A catch over awaits asks for the name: in compiled code there is no `catch`. */
const ask = task(async function ask(out: Console) {
  for (const kind of [TypeError, RangeError, Error]) {
    try {
      await sleep(ms(5));
      throw new kind("no sensor");
    } catch (error) {
      out.write(`${(error as Error).name}: ${(error as Error).message}`);
    }
  }
});

export default function main(board: Board): void {
  spawn(ask, board.console);
}
