import { ms, select, sleep, spawn, task, timeout } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function slow(n: number): Promise<number> {
  await sleep(ms(1));
  return n;
}

async function ask(steps: readonly (() => Promise<number>)[]): Promise<number> {
  try {
    return steps[0]!();
  } catch {
    return 0;
  }
}

async function before(out: Console): Promise<number> {
  try {
    return slow(1);
  } finally {
    out.write("over");
  }
}

async function late(out: Console): Promise<void> {
  try {
    using scope = { [Symbol.dispose]: () => out.write("closed") };
    if (scope === null) return sleep(ms(1));
  } catch {
    return;
  }
}

export const wait = task(async function wait(out: Console): Promise<unknown> {
  await before(out);
  await late(out);
  await ask([async () => slow(2), () => Promise.resolve(1)]);
  try {
    if (out === null) return select({ wait: sleep(ms(1)) });
    return timeout(slow(3), ms(2));
  } catch {
    return slow(3);
  }
});

export default function main(board: Board): void {
  spawn(wait, board.console);
}
