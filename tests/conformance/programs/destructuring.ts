import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Reading {
  readonly channel: string;
  readonly unit?: string;
  readonly values: readonly number[];
  readonly limits: { readonly low: number; readonly high: number };
}

async function read(): Promise<Reading> {
  await sleep(ms(1));
  return { channel: "A0", values: [3, 5, 7], limits: { low: 2, high: 8 } };
}

/** Takes apart what an await gives: defaults, rest, nested and skipped parts. */
const show = task(async function show(out: Console) {
  const {
    channel,
    unit = "V",
    values: [first, , last],
    ...rest
  } = await read();
  out.write(`${channel}: ${first} to ${last} ${unit} ${JSON.stringify(rest)}`);

  let { low, high } = (await read()).limits;
  [low, high] = [high, low];
  out.write(`swapped: ${low} ${high}`);
});

export default function main(board: Board): void {
  spawn(show, board.console);
}
