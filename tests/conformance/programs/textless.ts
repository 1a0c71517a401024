/** Tasks that throw what has no text, where nothing catches and no hook is told: the target says so, and others go on. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const silent = {
  toString(): string {
    throw new Error("no text");
  },
};

class Nameless extends Error {
  override get message(): string {
    throw new Error("no message");
  }

  override toString(): string {
    return this.message;
  }
}

const ODD: readonly (() => unknown)[] = [
  () => silent,
  () => Object.create(null) as object,
  () => new Nameless(),
];

const thrower = task(
  async function thrower(i: number) {
    await sleep(ms(3 * i + 1));
    throw ODD[i]!();
  },
  { pool: 3 },
);

const other = task(async function other(out: Console) {
  for (let i = 0; i < 6; i++) {
    out.write(`goes on ${i}`);
    await sleep(ms(2));
  }
});

export default function main(board: Board): void {
  for (let i = 0; i < ODD.length; i++) spawn(thrower, i);
  spawn(other, board.console);
}
