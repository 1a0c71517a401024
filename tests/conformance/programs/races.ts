import { ms, select, sleep, spawn, task, timeout, TIMED_OUT } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Gives `name` after `delay`. It takes 5 ms to clean up, in time or not. */
async function answer(name: string, delay: number, out: Console): Promise<string> {
  try {
    await sleep(ms(delay));
    return name;
  } finally {
    await sleep(ms(5));
    out.write(`${name} cleaned up`);
  }
}

/** Goes on once the winner is there and the losers have cleaned up. */
const race = task(async function race(out: Console) {
  const first = await select({ a: answer("slow", 60, out), b: answer("fast", 20, out) });
  out.write(`${first.arm} wins: ${first.value}`);
  const late = await timeout(answer("late", 60, out), ms(20));
  out.write(late === TIMED_OUT ? "timed out" : late);
  const early = await timeout(answer("early", 20, out), ms(60));
  out.write(early === TIMED_OUT ? "timed out" : early);
});

export default function main(board: Board): void {
  spawn(race, board.console);
}
