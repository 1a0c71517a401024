import {
  TaskGroup,
  cancel,
  detach,
  join,
  ms,
  select,
  settled,
  sleep,
  spawn,
  stop,
  task,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const child = task(
  async function child(name: string, delay: number, ends: string, out: Console) {
    try {
      await sleep(ms(delay));
      if (ends === "throws") throw new Error(name);
      out.write(`${name} returns`);
      return name;
    } finally {
      if (ends === "lingers") await sleep(ms(5));
      out.write(`${name} is over`);
    }
  },
  { pool: 4 },
);

/** Boards tell the code and the subject. */
function message(error: unknown): string {
  return String(error).split(":").slice(0, 2).join(":");
}

async function joined(what: string, group: TaskGroup, out: Console): Promise<void> {
  try {
    await group.join();
    out.write(`${what}: joined`);
  } catch (error) {
    const { errors } = error as { errors?: unknown[] };
    out.write(`${what}: ${message(error)}${errors === undefined ? "" : ` of ${errors.length}`}`);
  }
}

const waiter = task(async function waiter(group: TaskGroup, out: Console) {
  await joined("waiter", group, out);
});

const failures = task(async function failures(out: Console) {
  const group = new TaskGroup();
  await joined("empty", group, out);
  group.spawn(child, "a", 3, "returns", out);
  group.spawn(child, "b", 6, "returns", out);
  await joined("both", group, out);

  group.spawn(child, "c", 50, "lingers", out);
  group.spawn(child, "d", 2, "throws", out);
  spawn(waiter, group, out);
  await joined("failed", group, out);
  await joined("again", group, out);

  group.spawn(child, "e", 1, "throws", out);
  await sleep(ms(3));
  try {
    group.spawn(child, "f", 1, "returns", out);
  } catch (error) {
    out.write(message(error));
  }
  await joined("late", group, out);

  const all = new TaskGroup({ onFailure: "collect" });
  all.spawn(child, "g", 1, "throws", out);
  all.spawn(child, "h", 2, "throws", out);
  all.spawn(child, "i", 3, "returns", out);
  await joined("collected", all, out);
  await joined("empty again", all, out);
});

const parent = task(async function parent(ends: string, out: Console) {
  const group = new TaskGroup();
  const one = new TaskGroup({ onFailure: "collect" });
  group.spawn(child, "j", 2, "lingers", out);
  group.spawn(child, "k", 40, "lingers", out);
  const free = one.spawn(child, "l", 30, "returns", out);
  if (ends === "detaches") detach(free);
  await sleep(ms(3));
  if (ends === "throws") throw new Error("parent");
  if (ends === "joins") await one.join();
  if (ends === "disposes") {
    await using inner = new TaskGroup();
    inner.spawn(child, "m", 20, "lingers", out);
    await sleep(ms(1));
    out.write(`inner ${inner.size}`);
  }
  out.write(`parent ${ends}: ${group.size} ${one.size}`);
  return ends;
});

async function outcome(ends: string, out: Console): Promise<void> {
  try {
    out.write(`-- ${await join(spawn(parent, ends, out))}`);
  } catch (error) {
    out.write(`-- ${message(error)}`);
  }
}

let kept: TaskGroup | null = null;

const keeper = task(async function keeper() {
  kept = new TaskGroup();
  await yieldNow();
});

const free = new TaskGroup();

const boss = task(async function boss(out: Console) {
  await join(spawn(failures, out));
  for (const ends of ["returns", "throws", "joins", "disposes", "detaches"]) await outcome(ends, out);
  await sleep(ms(40));
  const cancelled = spawn(parent, "is cancelled", out);
  await sleep(ms(1));
  out.write(`-- ${await stop(cancelled)}`);
  const late = spawn(parent, "is cancelled at its end", out);
  await sleep(ms(4));
  cancel(late);
  out.write(`-- ${await settled(late)}`);

  await join(spawn(keeper));
  try {
    kept!.spawn(child, "n", 1, "returns", out);
  } catch (error) {
    out.write(message(error));
  }
  free.spawn(child, "o", 20, "returns", out);
  const first = await select({ end: free.join(), tick: sleep(ms(3)) });
  out.write(first.arm);
  free.cancel();
  await free.join();
  out.write(`free ${free.size}`);
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
