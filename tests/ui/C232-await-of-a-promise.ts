import { ms, select, sleep, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";

async function own(n: number): Promise<number> {
  await sleep(ms(1));
  return n;
}

const poll = task(async function poll(read: () => Promise<number>) {
  let sum = await read();
  for (;;) {
    sum += await read();
    const { arm } = await select({ read: read(), nap: sleep(ms(10)) });
    if (arm === "nap") sum += await own(sum);
  }
});

export default function main(board: Board): void {
  spawn(poll, () => Promise.resolve(board.clock.now()));
}
