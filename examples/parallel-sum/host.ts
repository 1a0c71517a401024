/** The sum of four million numbers, which lie in memory that all threads see: fork and join. */
import { join, spawn, task, type TaskKind } from "dormouse";
import type { Board } from "dormouse/hal";
import { sharedArray, threads } from "dormouse/node";

const COUNT = 4_000_000;
/** So many numbers are not worth a task more. */
const CUT = 50_000;

const numbers = sharedArray(Float64Array, COUNT);

/** Splits what is too long in two, and has the halves summed by whoever has time. */
const sum: TaskKind<[number, number], number> = task(
  async (from: number, to: number): Promise<number> => {
    if (to - from <= CUT) {
      let total = 0;
      for (let i = from; i < to; i++) total += numbers[i] ?? 0;
      return total;
    }
    const middle = (from + to) >> 1;
    const left = spawn(sum, from, middle);
    const right = spawn(sum, middle, to);
    return (await join(left)) + (await join(right));
  },
  { pool: 512, shared: true },
);

const report = task(async function report(board: Board) {
  for (let i = 0; i < COUNT; i++) numbers[i] = i % 1000;
  const pool = threads({ workers: 2 });
  await pool.ready("tasks");
  const total = await pool.spawn(sum, 0, COUNT).result;
  board.console.write(`sum of ${COUNT} numbers: ${total}`);
  const { each } = pool.stats("tasks");
  for (let i = 0; i < each.length; i++) board.console.write(`worker ${i}: ${each[i]!.polls} turns`);
  await pool.close();
});

export default function main(board: Board): void {
  spawn(report, board);
}
