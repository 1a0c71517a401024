import { cancel, ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Works until it is cancelled, and takes 10 ms to tidy up. */
const worker = task(async function worker(name: string, out: Console) {
  try {
    for (;;) await sleep(ms(7));
  } finally {
    await sleep(ms(10));
    out.write(`${name} tidied up`);
  }
});

/** Cancels one worker, and then another one in the same slot. */
const boss = task(async function boss(out: Console) {
  const first = spawn(worker, "first", out);
  await sleep(ms(50));
  cancel(first);
  cancel(first);
  out.write("first is cancelled, twice");
  await sleep(ms(50));

  const second = spawn(worker, "second", out);
  cancel(first);
  out.write("first is gone, second works");
  await sleep(ms(50));
  cancel(second);
  out.write("second is cancelled");
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
