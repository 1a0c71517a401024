import { Channel, ms, select, Signal, sleep, spawn, task, timeout } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const started = new Signal<void>();
const stopped = new Signal<void>();
const requests = new Channel<number>(2);
const results = new Channel<string>(2);
const closed = new Channel<number>(1);
const kept = new Signal<number>();
const fields = { kept };

async function next(from: Channel<number>): Promise<number> {
  for await (const each of from) return each;
  return 0;
}

const work = task(async function work(done: Signal<number>, out: Console) {
  await started.wait();
  const { arm } = await select({ stop: stopped.wait(), request: requests.receive() });
  await results.send(arm);
  await timeout(results.send("late"), ms(10));
  done.set(await next(closed));
  await fields.kept.wait();
  out.write("done");
});

const watch = task(async function watch(first: Signal<number>, second: Signal<number>, out: Console) {
  out.write(String(await first.wait()));
  out.write(String(await second.wait()));
  await sleep(ms(1));
});

export default function main(board: Board): void {
  const done = new Signal<number>();
  const forgotten = new Signal<number>();
  closed.close();
  started.set();
  spawn(work, done, board.console);
  spawn(watch, done, forgotten, board.console);
}
