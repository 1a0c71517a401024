/** A pool made by hand: work goes through a channel, and as many tasks as the pool is wide take it from there. */
import { CLOSED, Channel, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";
import { threads, type Threads } from "dormouse/node";

/** Each takes work when it has none: its width is how much is under way at once. */
const WIDTH = 2;

interface Answer {
  readonly runner: number;
  readonly limit: number;
  readonly primes: number;
}

/** Stands alone: it runs on a worker, which knows nothing of this module. */
function countPrimes(limit: number): number {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) count++;
  }
  return count;
}

const runner = task(
  async function runner(number: number, pool: Threads, work: Channel<number>, answers: Channel<Answer>) {
    for await (const limit of work) {
      const primes = await pool.call(countPrimes, [limit]);
      await answers.send({ runner: number, limit, primes });
    }
  },
  { pool: WIDTH },
);

/** Waits while the channel is full: a producer is never ahead of its pool by more than that. */
const produce = task(async function produce(work: Channel<number>) {
  for (let limit = 10_000; limit <= 100_000; limit += 10_000) await work.send(limit);
  work.close();
});

const report = task(async function report(board: Board, pool: Threads, answers: Channel<Answer>) {
  for (let left = 10; left > 0; left--) {
    const answer = await answers.receive();
    if (answer === CLOSED) break;
    board.console.write(`runner ${answer.runner}: ${answer.primes} primes below ${answer.limit}`);
  }
  await pool.close();
});

export default function main(board: Board): void {
  const pool = threads({ workers: WIDTH });
  const work = new Channel<number>(4);
  const answers = new Channel<Answer>(4);
  spawn(produce, work);
  for (let number = 1; number <= WIDTH; number++) spawn(runner, number, pool, work, answers);
  spawn(report, board, pool, answers);
}
