/* eslint-disable @typescript-eslint/prefer-literal-enum-member, @typescript-eslint/no-mixed-enums -- what this program is about */
/** Enums inside of tasks, and tasks with rest parameters. */
import { Channel, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const main1 = task(async function main1(out: Console, ...numbers: number[]) {
  enum Level {
    Low = 3,
    High = Low << numbers.length,
    Top = numbers.length + 10,
  }
  const enum Pause {
    Short = 1,
    Long = Short + 2,
    Name = "pause",
    Below = -1,
  }
  await sleep(ms(Pause.Long));
  const told = (level: Level): string => `${Level[level]}=${level}`;
  out.write([Level.Low, Level.High, Level.Top].map(told).join());
  out.write(`${Pause.Name} ${Pause.Below} ${10 - Pause.Below} ${Pause["Short"]}`);
  const kept: (() => string)[] = [];
  for (const n of numbers) {
    enum Round {
      First = n,
      Second = First + 1,
    }
    kept.push(() => `${Round.First}${Round[n + 1] ?? "none"}`);
    await yieldNow();
    if (Round.First === 2) continue;
    out.write(String(Round.Second));
  }
  out.write(kept.map((each) => each()).join());
  async function scaled(n: number): Promise<number> {
    await sleep(ms(Pause.Short));
    return n * Level.Top;
  }
  out.write(String(await scaled(2)));
  switch (numbers.length as Level) {
    case Level.Low: {
      enum Inner {
        A = "a",
      }
      await yieldNow();
      out.write(Inner.A);
      break;
    }
    default:
      out.write("never");
  }
});

const adder = async (done: Channel<number>, first = 1, ...rest: readonly number[]): Promise<void> => {
  await yieldNow();
  await done.send(rest.reduce((a, b) => a + b, first * 100) + rest.length * 1000);
};
const add = task(adder, { pool: 3 });

const collect = task(async function collect(out: Console) {
  const done = new Channel<number>(1);
  spawn(add, done);
  spawn(add, done, 2, 3);
  spawn(add, done, 2, 3, 4);
  for (let i = 0; i < 3; i++) out.write(String(await done.receive()));
  await adder(done, 5, ...[6, 7]);
  out.write(String(await done.receive()));
});

export default function main(board: Board): void {
  spawn(main1, board.console, 1, 2, 3);
  spawn(collect, board.console);
}
