import { Channel, ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const readings = new Channel<{ at: number }>(4);

const measure = task(async function measure() {
  for (let at = 0; ; at++) {
    await readings.send({ at });
    await sleep(ms(100));
  }
});

const show = task(async function show(out: Console) {
  for await (const reading of readings) out.write(`${reading.at}`);
});

export default function main(board: Board): void {
  spawn(measure);
  spawn(show, board.console);
}
