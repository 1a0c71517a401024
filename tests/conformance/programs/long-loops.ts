/**
 * Loops without an await let others run: timers, tasks, a cancel. How often is the same on every engine.
 *
 * uncompiled: never ends
 */
import { cancel, ms, select, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Clock, Console } from "dormouse/hal";

let isSet = false;
let rounds = 0;

const waits = task(async function waits(out: Console) {
  while (!isSet) rounds++;
  out.write(rounds > 256 ? "while: many rounds" : `while: ${rounds}`);
  let n = 0;
  do n++;
  while (n * n < 1e6);
  out.write(`do: ${n}`);
  const held: (() => number)[] = [];
  for (let i = 0, step = 2; ; i += step) {
    held.push(() => i);
    if (held.length === 10) continue;
    if (held.length === 600) break;
  }
  out.write(`for: ${held[1]!()} ${held[300]!()} ${held[599]!()}`);
  out.write(`nested: ${await primes(300)}`);
  out.write(`returned: ${await found(700)}`);
});

/** Inner and outer loops, jumps of both, an await on one way only. */
async function primes(limit: number): Promise<number> {
  let count = 0;
  let candidate = 2;
  next: while (true) {
    if (candidate === limit) break;
    let divisor = 2;
    while (divisor * divisor <= candidate) {
      if (candidate % divisor++ !== 0) continue;
      candidate++;
      continue next;
    }
    if (++count === 10) await sleep(ms(1));
    candidate++;
  }
  return count;
}

async function found(wanted: number): Promise<string> {
  const list: number[] = [];
  try {
    for (;;) {
      list.push(list.length);
      if (list.length > wanted) throw new Error(`at ${list.length}`);
    }
  } catch (error) {
    for (let i = 0; ; i++) if (list[i] === wanted) return `${i}, ${(error as Error).message}`;
  }
}

const endless = task(async function endless(out: Console) {
  let turns = 0;
  try {
    for (;;) turns = (turns + 1) % 7;
  } finally {
    out.write("cancelled");
    await yieldNow();
    out.write("and cleaned up");
  }
});

async function spin(clock: Clock, span: number): Promise<string> {
  const end = clock.now() + span;
  while (clock.now() < end);
  return "the loop";
}

const sets = task(async function sets(out: Console, clock: Clock) {
  await sleep(ms(2));
  isSet = true;
  const id = spawn(endless, out);
  await sleep(ms(2));
  cancel(id);
  await sleep(ms(2));
  const first = await select({ loop: spin(clock, 5), pause: sleep(ms(2)) });
  out.write(`${first.arm} was first`);
  const second = await select({ loop: spin(clock, 2), pause: sleep(ms(4)) });
  out.write(`${second.arm} was first`);
});

export default function main(board: Board): void {
  spawn(waits, board.console);
  spawn(sets, board.console, board.clock);
}
