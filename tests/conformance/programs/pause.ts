import {
  Signal,
  cancel,
  currentTask,
  join,
  ms,
  nameOf,
  pause,
  reserve,
  resume,
  select,
  settled,
  sleep,
  spawn,
  stop,
  task,
  yieldNow,
  type Task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const go = new Signal<string>();

const ticker = task(
  async function ticker(name: string, period: number, rounds: number, out: Console) {
    try {
      for (let i = 0; i < rounds; i++) {
        await sleep(ms(period));
        out.write(`${name} ${i}`);
      }
      return rounds;
    } finally {
      await sleep(ms(2));
      out.write(`${name} is over`);
    }
  },
  { pool: 3 },
);

const spinner = task(async function spinner(out: Console) {
  for (let i = 0; i < 6; i++) {
    out.write(`spin ${i}`);
    if (i === 2) pause(currentTask());
    await yieldNow();
  }
});

const listener = task(async function listener(out: Console) {
  for (;;) {
    const heard = await select({ go: go.wait(), limit: sleep(ms(30)) });
    out.write(heard.arm === "go" ? `heard ${heard.value}` : "nothing");
    if (heard.arm === "limit") break;
  }
});

const selfish = task(async function selfish(out: Console) {
  pause(currentTask());
  out.write("selfish goes on to its next wait");
  await sleep(ms(1));
  out.write("selfish goes on");
  pause(currentTask());
  resume(currentTask());
  await yieldNow();
  pause(currentTask());
  out.write("selfish ends though it is paused");
});

function shown(what: Task): string {
  return nameOf(what);
}

const keeper = task(async function keeper(out: Console) {
  const places = [reserve(ticker), reserve(ticker)];
  const third = spawn(ticker, "d", 1, 1, out);
  try {
    reserve(ticker);
  } catch (error) {
    out.write(message(error));
  }
  try {
    spawn(ticker, "e", 1, 1, out);
  } catch (error) {
    out.write(message(error));
  }
  places[1]!.release();
  const late = places[0]!.start("f", 2, 2, out);
  out.write(`${await join(third)} ${await join(late)}`);
  for (const place of places) {
    try {
      place.release();
    } catch (error) {
      out.write(message(error));
    }
  }
  try {
    places[0]!.start("g", 1, 1, out);
  } catch (error) {
    out.write(message(error));
  }
  const all = [reserve(ticker), reserve(ticker), reserve(ticker)];
  for (const each of all) each.release();
  out.write(String(await join(spawn(ticker, "h", 1, 1, out))));
});

const boss = task(async function boss(out: Console) {
  const slow = spawn(ticker, "a", 10, 3, out);
  await sleep(ms(15));
  pause(slow);
  pause(slow);
  await sleep(ms(30));
  out.write(`${shown(slow)} is paused`);
  resume(slow);
  resume(slow);
  out.write(String(await join(slow)));

  const spinning = spawn(spinner, out);
  await sleep(ms(1));
  out.write("spinner waits");
  resume(spinning);
  await join(spinning);

  const listening = spawn(listener, out);
  await yieldNow();
  pause(listening);
  go.set("one");
  await sleep(ms(5));
  go.set("two");
  out.write("set twice");
  resume(listening);
  await sleep(ms(1));
  go.set("three");
  out.write(await settled(listening));

  const paused = spawn(ticker, "b", 10, 3, out);
  pause(paused);
  await sleep(ms(20));
  cancel(paused);
  pause(paused);
  out.write(await settled(paused));
  const other = spawn(ticker, "c", 10, 3, out);
  await sleep(ms(1));
  pause(other);
  await sleep(ms(20));
  out.write(await stop(other));

  const self = spawn(selfish, out);
  await sleep(ms(10));
  resume(self);
  out.write(await settled(self));
  pause(self);
  resume(self);
  await join(spawn(keeper, out));
});

/** Boards tell the code and the subject. */
function message(error: unknown): string {
  return String(error).split(":").slice(0, 2).join(":");
}

export default function main(board: Board): void {
  spawn(boss, board.console);
}
