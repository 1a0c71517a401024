/** Tries again after pauses that grow: to a success, to the end of the tries, and until a cancel. */
import { Backoff, cancel, ms, settled, sleep, spawn, task, type BackoffOptions, type Ticks } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

async function retry<T>(body: (i: number) => Promise<T>, options: BackoffOptions): Promise<T> {
  const backoff = new Backoff(options);
  for (;;) {
    try {
      return await body(backoff.count);
    } catch (error) {
      if (backoff.isOver) throw error;
      out.write(`${(error as Error).message} failed`);
    }
    await sleep(backoff.next());
  }
}

async function works(i: number): Promise<string> {
  await sleep(ms(1));
  if (i < 3) throw new Error(`try ${i}`);
  return `try ${i}`;
}

const endless = task(async function endless() {
  try {
    await retry(
      async (i) => {
        await sleep(ms(1));
        throw new Error(`endless ${i}`);
      },
      { first: ms(4) },
    );
  } finally {
    out.write("ends");
  }
});

const main1 = task(async function main1() {
  out.write(await retry(works, { first: ms(2), limit: ms(5) }));
  try {
    await retry(works, { first: ms(1), times: 2 });
  } catch (error) {
    out.write(`${(error as Error).message} was the last`);
  }
  let seed = 0;
  const random = (): number => (seed += 0.25) % 1;
  const backoff = new Backoff({ first: ms(8), limit: ms(20), random });
  const pauses: Ticks[] = [];
  for (let i = 0; i < 4; i++) pauses.push(backoff.next());
  backoff.reset();
  pauses.push(backoff.next());
  out.write(`${pauses.join()} ${backoff.count}`);
  const other = spawn(endless);
  await sleep(ms(12));
  cancel(other);
  out.write(await settled(other));
  try {
    out.write(String(new Backoff({ first: ms(0) }).count));
  } catch (error) {
    out.write((error as Error).message.slice(0, 4));
  }
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
