import { spawn, task, sleep, ms, Channel, select, timeout, TIMED_OUT, yieldNow, cancel } from "dormouse";
import type { Board, Console } from "dormouse/hal";
async function slow(n: number): Promise<number> {
  try {
    await sleep(ms(n));
    return n * 2;
  } finally {
    await sleep(ms(5));
  }
}
const t = task(async function t(out: Console) {
  const xs: (() => number)[] = [];
  for (let i = 0; i < 3; i++) {
    await sleep(ms(1));
    xs.push(() => i);
  }
  out.write(xs.map((f) => f()).join(","));
  const r = await timeout(slow(50), ms(20));
  out.write(r === TIMED_OUT ? "late" : `got ${r}`);
  const q = await select({ a: slow(30), b: slow(10) });
  out.write(`${q.arm} ${q.value}`);
  outer: for (const a of [1, 2, 3])
    for (const b of [1, 2]) {
      if (a === 2) continue outer;
      if (a === 3) break outer;
      await yieldNow();
      out.write(`${a}${b}`);
    }
  const { x, ...rest } = { x: 1, y: 2, z: 3 };
  out.write(`${x} ${JSON.stringify(rest)}`);
  try {
    await slow(1);
    throw new Error("boo");
  } catch (e) {
    out.write((e as Error).message);
  } finally {
    await sleep(ms(1));
    out.write("fin");
  }
});
const victim = task(async function victim(out: Console) {
  try {
    for (;;) await sleep(ms(7));
  } finally {
    await sleep(ms(3));
    out.write("victim cleaned");
  }
});
const killer = task(async function killer(out: Console) {
  const id = spawn(victim, out);
  await sleep(ms(25));
  cancel(id);
  cancel(id);
  await sleep(ms(10));
  spawn(victim, out);
});
export default function main(board: Board) {
  spawn(t, board.console);
  spawn(killer, board.console);
}
