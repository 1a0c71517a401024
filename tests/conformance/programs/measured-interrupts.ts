/** A meter by `now` is told of tasks that an interrupt wakes, outside of the executor. */
import { makeExecutorCounts, Meter, now, observe, Signal, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

declare function setTimeout(callback: () => void, delay: number): unknown;

const meter = new Meter(1, now, 5);
const counts = makeExecutorCounts();
const go = new Signal<number>();

const waiter = task(async function waiter(out: Console) {
  for (;;) {
    out.write(`got ${await go.wait()}`);
    meter.readAll(counts);
    out.write(`${counts.polls} polls, ${counts.wakes} wakes, ${counts.highWater} ready at most`);
  }
});

export default function main(board: Board): void {
  observe(meter);
  spawn(waiter, board.console);
  for (const at of [5, 9, 9]) {
    setTimeout(() => {
      go.set(at);
    }, at);
  }
}
