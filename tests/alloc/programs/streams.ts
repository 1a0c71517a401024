/** As steady.ts, for streams: items through parts, in windows, and of several channels. */
import { Channel, filter, map, merge, spawn, take, task, window } from "dormouse";
import { STOP, isMore, over, play, start, type Rounds } from "./round.js";

const left = new Channel<number>(2);
const right = new Channel<number>(2);

let sum = 0;

const double = (x: number): number => 2 * x;
const isSmall = (x: number): boolean => x < 100;

async function send(to: Channel<number>): Promise<void> {
  for (let i = 1; isMore(); i = (i & 0x7f) + 1) await to.send(i);
  await to.send(STOP);
}

const feeder = task(
  async function feeder(to: Channel<number>) {
    await send(to);
    over();
  },
  { pool: 2 },
);

const parts = task(async function parts() {
  for await (const x of filter(map(left, double), isSmall)) {
    if (x === STOP) break;
    sum = x;
    if (left.length > 0) for await (const next of take(map(left, double), 1)) sum = next;
    if (sum === STOP) break;
  }
  over();
});

const windows = task(async function windows() {
  for await (const items of window(left, 4, 1)) {
    sum = items[0]! + items[3]!;
    if (items[3] === STOP) break;
  }
  over();
});

const merged = task(async function merged() {
  let open = 2;
  for await (const x of merge(filter(map(left, double), isSmall), right))
    if (x === STOP && --open === 0) break;
  over();
});

export const rounds: Rounds = {
  "items through parts": () =>
    start(
      () => spawn(feeder, left),
      () => spawn(parts),
    ),
  "windows of items": () =>
    start(
      () => spawn(feeder, left),
      () => spawn(windows),
    ),
  "items of two channels": () =>
    start(
      () => spawn(feeder, left),
      () => spawn(feeder, right),
      () => spawn(merged),
    ),
};

export default function main(): void {
  play(rounds, main);
}
