import { ms, sleep, task } from "dormouse";
import type { Console } from "dormouse/hal";

export const count = task(async function count(out: Console) {
  let total = 0;
  class Counter {
    async add(n: number): Promise<number> {
      await sleep(ms(1));
      return (total += n);
    }
  }
  out.write(String(await new Counter().add(2)));
});

export default function main(): void {}
