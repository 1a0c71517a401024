import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Functions made in a loop keep the variables of their own turn, and see what is done to those after an await. */
const collect = task(async function collect(out: Console) {
  const reads: (() => string)[] = [];
  for (let turn = 0; turn < 3; turn++) {
    let value = turn;
    reads.push(() => `${turn}:${value}`);
    await sleep(ms(1));
    value *= 10;
  }
  out.write(reads.map((read) => read()).join(" "));
});

export default function main(board: Board): void {
  spawn(collect, board.console);
}
