/** Async functions that wait for nothing, as arms: they run in the task, and are no promises. */
import {
  TIMED_OUT,
  after,
  all,
  any,
  deadline,
  fairSelect,
  ms,
  now,
  race,
  sleep,
  spawn,
  task,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function atOnce(x: number): Promise<number> {
  if (x > 5) throw new Error(`${x} is too much`);
  return x * 2;
}

const arms = task(async function arms(out: Console) {
  const limited = await deadline(atOnce(1), after(now(), ms(4)));
  out.write(limited === TIMED_OUT ? "late" : `deadline ${limited}`);
  out.write(`race ${String(await race({ one: atOnce(2), two: sleep(ms(1)) }))}`);
  out.write(`any ${await any({ bad: atOnce(6), good: atOnce(3) })}`);
  const { one, two } = await all({ one: atOnce(4), two: atOnce(5) });
  out.write(`all ${one} ${two}`);
  out.write(`fair ${(await fairSelect({ one: atOnce(1), two: sleep(ms(1)) })).arm}`);
});

/** Has its turn when the other one has waited. */
const other = task(async function other(out: Console) {
  out.write("the other begins");
  await yieldNow();
  out.write("the other ends");
});

export default function main(board: Board): void {
  spawn(arms, board.console);
  spawn(other, board.console);
}
