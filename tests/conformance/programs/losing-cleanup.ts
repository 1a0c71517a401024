/** The cleanup of an arm that lost: what throws in it does not cut off the cleanup around. */
import { any, ms, race, select, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
async function held(out: Console, name: string, pause: number): Promise<void> {
  try {
    try {
      await sleep(ms(pause));
    } finally {
      out.write(`${name} fails`);
      throw new Error("x");
    }
  } finally {
    await yieldNow();
    out.write(`${name} a`);
    await sleep(ms(2));
    out.write(`${name} b`);
  }
}

const run = task(async function run(out: Console) {
  await any({ one: sleep(ms(2)), two: held(out, "any", 9) });
  out.write((await select({ one: sleep(ms(2)), two: held(out, "select", 9) })).arm);
  try {
    await held(out, "call", 1);
  } catch (error) {
    out.write(String(error));
  }
  spawn(nested, out);
});

const nested = task(async function nested(out: Console) {
  const inner = await select({
    one: sleep(ms(2)),
    two: select({ last: sleep(ms(8)), held: held(out, "nested", 9) }),
  });
  out.write(inner.arm);
  await race({ one: any({ one: sleep(ms(2)), two: held(out, "race", 9) }), two: sleep(ms(8)) });
  out.write("over");
});

export default function main(board: Board): void {
  spawn(run, board.console);
}
