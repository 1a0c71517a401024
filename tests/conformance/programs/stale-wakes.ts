/** An arm that is a call goes on at its own wait alone, whatever became of the arms of its selects. */
import { ms, select, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function nap(): Promise<void> {
  await sleep(ms(20));
}

async function soon(): Promise<void> {
  await yieldNow();
}

async function inner(out: Console): Promise<number> {
  const { arm } = await select({ nap: nap(), soon: soon() });
  out.write(`inner ${arm}`);
  // The loser was cancelled, and woke this one: it is no reason to end this wait.
  await nap();
  out.write("inner over");
  return 1;
}

const outer = task(async function outer(out: Console) {
  const first = await select({ inner: inner(out), late: sleep(ms(100)) });
  out.write(`outer ${first.arm}`);
  const second = await select({ inner: inner(out), early: sleep(ms(10)) });
  out.write(`outer ${second.arm}`);
});

export default function main(board: Board): void {
  spawn(outer, board.console);
}
