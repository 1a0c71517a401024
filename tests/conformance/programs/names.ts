/** Names of the author that the builds could take for their own. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Reading {
  value_: number;
  state_?: string;
  other_: { $t: number };
}

async function poll_(next: number): Promise<number> {
  await sleep(ms(1));
  return next;
}

/** A function that is declared in a block holds variables whose names generated code could want. */
async function held(f: number, t: number, b: number, r: number): Promise<number> {
  let sum = 0;
  while (sum < 40) {
    await sleep(ms(1));
    if (f > 0) {
      function grown(): number {
        return f + t + b + r;
      }
      t++;
      sum += grown();
    }
  }
  return sum;
}

const ready = task(async function ready(out: Console) {
  const reading = JSON.parse('{"value_":1,"other_":{"$t":2},"state_":"fine"}') as Reading;
  const $f = await poll_(reading.value_ + reading.other_.$t);
  const key = "value_";
  reading[key] += $f;
  out.write(`${JSON.stringify(reading)} ${Object.keys(reading).join(" ")}`);
  for (let $t = 0; $t < 2; $t++) {
    const pc_ = await poll_($t);
    out.write(`${pc_} ${$t}`);
  }
  out.write(`held ${await held(1, 2, 3, 4)}`);
});

export default function main(board: Board): void {
  spawn(ready, board.console);
}
