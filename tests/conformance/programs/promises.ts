import { Signal, cancel, ms, select, sleep, spawn, task, timeout, TIMED_OUT, type TaskId } from "dormouse";
import type { Board, Console } from "dormouse/hal";

declare function setTimeout(callback: (word: string) => void, delay: number, word?: string): unknown;
declare function setInterval(callback: () => void, delay: number): unknown;
declare function clearInterval(id: unknown): void;

/** Called for its promise, and awaited by tasks: it stays plain. */
async function double(n: number): Promise<number> {
  await Promise.resolve();
  if (n < 0) throw new RangeError(`no ${n}`);
  return n * 2;
}

function after<T>(delay: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, delay);
  });
}

const never = new Promise<string>(() => undefined);

/** Every form: named, in a branch, a promise that is none, lists of them, thrown ones. */
const forms = task(async function forms(out: Console) {
  out.write(`all ${(await Promise.all([1, 2, 3].map((n) => double(n)))).join()}`);
  try {
    await Promise.all([double(1), double(-1)]);
  } catch (error) {
    out.write(`caught ${(error as Error).message}`);
  }
  const kept = after(3, "kept");
  out.write(`${await kept} ${await kept}`);
  for (const each of [5, after(2, 6)]) out.write(`half ${await each}`);
  const inner = await Promise.all([4, 5].map(async (x) => (await double(x)) + 1));
  out.write(`inner ${inner.join("+")}`);
  const settled = await Promise.allSettled([double(1), double(-2)]);
  out.write(settled.map((each) => each.status).join());
  out.write(`void ${String(await after(1, null))}`);
  await double(-3);
});

/** Arms: one that wins, ones that lose, and settle when the operation waits for something else. */
const arms = task(async function arms(out: Console) {
  const late = after(12, "late");
  const first = await select({ late, nap: sleep(ms(10)) });
  out.write(`${first.arm} first`);
  const again = await select({ other: never, nap: sleep(ms(1)) });
  out.write(`${again.arm} again`);
  const second = await timeout(never, ms(5));
  out.write(second === TIMED_OUT ? "still nothing" : second);
  out.write(`then ${await late}`);
  const third = await select({ early: after(1, "early"), nap: sleep(ms(10)) });
  out.write(`${third.arm} ${String(third.value)}`);
  try {
    await select({ bad: double(-4), nap: sleep(ms(10)) });
  } catch (error) {
    out.write(`arm threw ${(error as Error).message}`);
  }
});

/** Cancelled where it waits for a promise: that settles later, and wakes nobody. */
const left = task(async function left(out: Console) {
  try {
    await after(30, "too late");
    out.write("never said");
  } finally {
    out.write(`left, ${await after(2, "cleaned up")}`);
  }
});

const canceller = task(async function canceller(id: TaskId, out: Console) {
  await sleep(ms(20));
  cancel(id);
  await sleep(ms(40));
  out.write("cancelled");
});

/** What a timer of the host and jobs of promises set, a task takes in the same instant. */
const taker = task(async function taker(words: Signal<string>, out: Console) {
  for (let i = 0; i < 4; i++) out.write(`took ${await words.wait()}`);
});

export default function main(board: Board): void {
  const words = new Signal<string>();
  const out = board.console;
  spawn(forms, out);
  spawn(arms, out);
  spawn(canceller, spawn(left, out), out);
  spawn(taker, words, out);
  void double(7).then((n) => words.set(`job ${n}`));
  setTimeout((word) => words.set(word), 15, "timeout");
  let ticks = 0;
  const clock = setInterval(() => {
    out.write(`tick ${++ticks}`);
    if (ticks === 3) clearInterval(clock);
    else void Promise.resolve(ticks).then((n) => words.set(`tick ${n}`));
  }, 25);
}
