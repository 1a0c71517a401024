/** Async functions inside of others use their locals, those of each round of a loop too. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const outer = task(async function outer(out: Console) {
  let total = 0;
  const bump = async (by: number): Promise<number> => {
    await sleep(ms(1));
    total += by;
    return total;
  };
  async function twice(by: number): Promise<number> {
    await bump(by);
    return (await bump(by)) * 10;
  }
  out.write(`${await bump(2)} ${await twice(5)}`);

  // Parentheses around a function change nothing.
  // prettier-ignore
  const once = (async (): Promise<number> => bump(0));
  const again = async (): Promise<number> => (await once()) + (await once());
  out.write(`again ${await again()}`);

  const kept: (() => number)[] = [];
  for (let i = 0; i < 4; i++) {
    const step = async (): Promise<void> => {
      await yieldNow();
      i++;
      kept.push(() => i);
    };
    await step();
    out.write(`round ${i}`);
  }
  out.write(kept.map((each) => each()).join(" "));
  out.write(`total ${total}`);
});

export default function main(board: Board): void {
  spawn(outer, board.console);
}
