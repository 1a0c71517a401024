/** Functions that await themselves: as deep as they say, with cleanup in each level, and mutual ones. */
import { cancel, ms, recursive, select, sleep, spawn, task, timeout, TIMED_OUT, yieldNow } from "dormouse";
import type { TaskId } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
}

const leaf = (value: number): Tree => ({ value, children: [] });
const chain = (length: number): Tree =>
  length === 1 ? leaf(1) : { value: length, children: [chain(length - 1)] };

const tree: Tree = { value: 1, children: [leaf(2), { value: 3, children: [leaf(4), leaf(5)] }, leaf(6)] };

/** Awaited by each level of the others. */
async function weigh(value: number): Promise<number> {
  await sleep(ms(1));
  return value * 10;
}

const sum = recursive(
  async function sum(node: Tree): Promise<number> {
    let total = await weigh(node.value);
    for (const child of node.children) total += await sum(child);
    return total + node.children.length;
  },
  { depth: 3 },
);

const walk = recursive(
  async function walk(node: Tree, out: Console, level = 0): Promise<string> {
    const name = `${node.value}@${level}`;
    const pause = sleep(ms(2 + level));
    try {
      if (node.value === 5) throw new Error(`no fives: ${name}`);
      let text = name;
      for (const child of node.children) text += ` (${await walk(child, out, level + 1)})`;
      await pause;
      return text;
    } catch (error) {
      if (level > 1) throw error;
      return `caught at ${name}: ${(error as Error).message}`;
    } finally {
      await yieldNow();
      out.write(`left ${name}`);
    }
  },
  { depth: 4 },
);

const isEven = recursive(
  async function isEven(n: number): Promise<boolean> {
    if (n === 0) return true;
    await sleep(ms(1));
    return isOdd(n - 1);
  },
  { depth: 4 },
);

const isOdd = recursive(
  async function isOdd(n: number): Promise<boolean> {
    const rest = n - 1;
    const even = n === 0 ? false : await isEven(rest);
    return even && rest < n;
  },
  { depth: 3 },
);

async function attempt(what: string, out: Console, n: number): Promise<void> {
  try {
    out.write(`${what} ${await (what === "even" ? isEven(n) : isOdd(n))}`);
  } catch (error) {
    out.write(`${what} of ${n}: ${(error as Error).message.slice(0, 4)}`);
  }
}

const main = task(async function main(out: Console) {
  out.write(`sum ${await sum(tree)}`);
  try {
    await sum(chain(4));
  } catch (error) {
    out.write(`too deep: ${(error as Error).message.slice(0, 4)}`);
  }
  out.write(`sum again ${await sum(chain(3))}`);
  out.write(await walk(tree, out));
  for (const n of [0, 3, 5, 6, 7, 9]) {
    await attempt("even", out, n);
    await attempt("odd", out, n);
  }
  const late = await timeout(walk(tree, out), ms(6));
  out.write(late === TIMED_OUT ? "late" : late);
  const { arm } = await select({ short: sum(leaf(1)), long: sum(tree) });
  out.write(`first ${arm}`);
});

const doomed = task(
  async function doomed(out: Console) {
    try {
      out.write(await walk(chain(4), out));
    } finally {
      out.write(`doomed: ${await sum(chain(2))}`);
    }
  },
  { pool: 2 },
);

const killer = task(async function killer(victim: TaskId) {
  await sleep(ms(3));
  cancel(victim);
});

export default function start(board: Board): void {
  spawn(main, board.console);
  spawn(killer, spawn(doomed, board.console));
  spawn(doomed, board.console);
}
