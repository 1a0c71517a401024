/** A wait with a limit. */
import { Channel, ms, spawn, task, TIMED_OUT, timeout } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const read = task(async function read(samples: Channel<number>) {
  const sample = await timeout(samples.receive(), ms(10));
  out.write(sample === TIMED_OUT ? "nothing" : String(sample));
});

export default function main(board: Board): void {
  out = board.console;
  const samples = new Channel<number>(2);
  spawn(read, samples);
  samples.trySend(4);
}
