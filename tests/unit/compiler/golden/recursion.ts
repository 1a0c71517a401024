/** A function that awaits itself, in as many frames as it says. */
import { recursive, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const depth = recursive(
  async function depth(left: number): Promise<number> {
    await yieldNow();
    return left === 0 ? 0 : 1 + (await depth(left - 1));
  },
  { depth: 4 },
);

const dive = task(async function dive() {
  out.write(String(await depth(3)));
});

export default function main(board: Board): void {
  out = board.console;
  spawn(dive);
}
