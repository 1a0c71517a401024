/** Helpers over streams, as programs write them: generators of generators, with state and with timers of their own. */
import { Channel, filter, map, take, ms, spawn, task, Interval, now } from "dormouse";
import type { Board, Console } from "dormouse/hal";
const temps = new Channel<number>(4);
async function* distinct(source: Channel<number>): AsyncGenerator<number> {
  let last = NaN;
  yield* filter(source, (x) => {
    const isNew = x !== last;
    last = x;
    return isNew;
  });
}
async function* every(n: number, source: Channel<number>): AsyncGenerator<number> {
  let i = 0;
  for await (const x of distinct(source)) if (i++ % n === 0) yield x;
}
async function* ticks(period: number): AsyncGenerator<number> {
  const t = new Interval(ms(period));
  for (;;) {
    await t.tick();
    yield now();
  }
}
const feed = task(async function feed() {
  for (const x of [1, 1, 2, 2, 2, 3, 4, 4, 5, 6, 6, 7]) await temps.send(x);
  temps.close();
});
const show = task(async function show(out: Console) {
  for await (const x of map(every(2, temps), (x) => `t${x}`)) out.write(x);
  for await (const at of take(
    map(
      filter(ticks(5), (t) => t % 10 === 0),
      (t) => t / 10,
    ),
    3,
  ))
    out.write(`tick ${at}`);
});
export default function main(board: Board): void {
  spawn(feed);
  spawn(show, board.console);
}
