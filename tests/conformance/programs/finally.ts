import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Leaves a `try` block in the way that `how` names. Every way passes through `finally`. */
async function leave(how: string, out: Console): Promise<string> {
  for (const turn of [1, 2]) {
    try {
      await yieldNow();
      if (how === "break") break;
      if (how === "continue") continue;
      if (how === "return") return "returned";
      if (how === "throw") throw new Error("thrown");
    } catch (error) {
      await sleep(ms(1));
      return `caught "${(error as Error).message}"`;
    } finally {
      await sleep(ms(1));
      out.write(`${how}: finally ${turn}`);
    }
  }
  return "came to the end";
}

const tryEach = task(async function tryEach(out: Console) {
  for (const how of ["end", "break", "continue", "return", "throw"])
    out.write(`${how}: ${await leave(how, out)}`);
});

export default function main(board: Board): void {
  spawn(tryEach, board.console);
}
