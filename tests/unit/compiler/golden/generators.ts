/** An async generator in the frame of the loop that goes over it. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function* ticks(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    await sleep(ms(1));
    yield i;
  }
}

const count = task(async function count() {
  for await (const tick of ticks(3)) out.write(String(tick));
});

export default function main(board: Board): void {
  out = board.console;
  spawn(count);
}
