import {
  BUSY,
  cancel,
  currentTask,
  detach,
  join,
  ms,
  nameOf,
  select,
  settled,
  sleep,
  spawn,
  stop,
  task,
  timeout,
  trySpawn,
  yieldNow,
  type Task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const add = task(
  async function add(a: number, b: number) {
    await sleep(ms(a));
    return a + b;
  },
  { pool: 2 },
);

/** Gives nothing, though it awaits values. */
const quiet = task(async function quiet() {
  await inner();
});

async function inner(): Promise<number> {
  await yieldNow();
  return 7;
}

const faulty = task(
  async function faulty(when: string) {
    if (when === "first") throw new Error("first");
    await sleep(ms(5));
    if (when === "later") throw new Error("later");
    return when;
  },
  { pool: 2 },
);

const worker = task(
  async function worker(name: string, out: Console) {
    try {
      for (;;) await sleep(ms(7));
    } finally {
      await sleep(ms(10));
      out.write(`${name} tidied up`);
    }
  },
  { pool: 2 },
);

/** Joins, and says what came of it. */
async function say(what: string, task: Task, out: Console): Promise<void> {
  try {
    out.write(`${what}: ${String(await join(task))}`);
  } catch (error) {
    out.write(`${what} threw ${message(error)}`);
  }
}

/** Boards tell the code and the subject. */
function message(error: unknown): string {
  return String(error).split(":").slice(0, 2).join(":");
}

const onlooker = task(
  async function onlooker(name: string, other: Task, out: Console) {
    await say(name, other, out);
  },
  { pool: 3 },
);

/** Joins itself through another task, and directly. */
const lonely = task(async function lonely(out: Console) {
  await say("self", currentTask(), out);
  out.write(nameOf(currentTask()));
});

const boss = task(async function boss(out: Console) {
  out.write(String(await join(spawn(add, 3, 4))));
  const sum = spawn(add, 5, 6);
  spawn(onlooker, "one", sum, out);
  spawn(onlooker, "two", sum, out);
  await sleep(ms(20));
  await say("after its end", sum, out);
  await say("again", sum, out);
  // eslint-disable-next-line @typescript-eslint/no-confusing-void-expression
  const nothing: unknown = await join(spawn(quiet));
  out.write(`void ${String(nothing)}`);

  await say("fault", spawn(faulty, "first"), out);
  const late = spawn(faulty, "later");
  spawn(onlooker, "late", late, out);
  await say("fault", late, out);
  await say("fault, later", late, out);
  out.write(await settled(late));

  const first = spawn(worker, "first", out);
  spawn(onlooker, "onlooker", first, out);
  await yieldNow();
  out.write(await stop(first));
  out.write(await stop(first));
  await say("cancelled", first, out);
  const second = spawn(worker, "second", out);
  cancel(second);
  out.write(await settled(second));

  out.write(String(await timeout(join(spawn(add, 40, 1)), ms(10))));
  const never = spawn(worker, "never", out);
  const chosen = await select({ end: join(never), tick: sleep(ms(3)) });
  out.write(chosen.arm);
  cancel(never);

  const old = spawn(add, 1, 1);
  await join(old);
  await join(spawn(add, 2, 2));
  await say("once", old, out);
  for (let i = 0; i < 2; i++) await join(spawn(add, i, i));
  await say("stale", old, out);
  out.write(await settled(old));
  out.write(await stop(old));
  out.write(nameOf(old));

  const alone = spawn(add, 1, 2);
  detach(alone);
  await sleep(ms(5));
  await say("detached", alone, out);
  await join(spawn(lonely, out));

  spawn(faulty, "one");
  for (const name of ["two", "three"]) {
    const each = trySpawn(faulty, name);
    if (each === BUSY) out.write("busy");
    else spawn(onlooker, "tried", each, out);
  }
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
