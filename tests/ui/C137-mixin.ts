import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

function counting(Base: new () => { reset(): string }) {
  return class extends Base {
    #count = 0;

    async next(): Promise<number> {
      await sleep(ms(5));
      return ++this.#count;
    }

    async begin(): Promise<string> {
      await sleep(ms(5));
      return super.reset();
    }
  };
}

const Counting = counting(
  class {
    reset(): string {
      return "";
    }
  },
);

export const tell = task(async function tell(out: Console) {
  const counter = new Counting();
  out.write((await counter.begin()) + String(await counter.next()));
});

export default function main(board: Board): void {
  spawn(tell, board.console);
}
