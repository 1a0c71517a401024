import { cancel, ms, sleep, spawn, task, type TaskId } from "dormouse";
import type { Board, Console } from "dormouse/hal";

declare function setTimeout(callback: () => void, delay: number): unknown;

function after<T>(delay: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, delay);
  });
}

/** Counts up to `end`, and says when it is closed. */
class Source {
  private count = 0;

  constructor(
    private readonly out: Console,
    private readonly end: number,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return {
      next: () => after(1, { done: this.count >= this.end, value: this.count++ }),
      return: async () => {
        await after(1, 0);
        this.out.write("closed");
        return { done: true, value: 0 };
      },
    };
  }
}

async function* plain(out: Console): AsyncGenerator<number> {
  try {
    for (let i = 0; i < 3; i++) {
      await after(1, 0);
      yield i;
    }
  } finally {
    out.write("plain closed");
  }
}

/** Of a plain generator, which no task knows. */
function made(out: Console): AsyncIterable<number> {
  return plain(out);
}

function failing(): Promise<string> {
  return after(4, 0).then(() => {
    throw new Error("rejected");
  });
}

const over = task(async function over(out: Console) {
  for await (const x of new Source(out, 2)) out.write(`all ${x}`);
  for await (const x of new Source(out, 9)) {
    await sleep(ms(1));
    if (x === 1) break;
    out.write(`some ${x}`);
  }
  try {
    for await (const x of new Source(out, 9)) if (x === 1) throw new Error("from the body");
  } catch (error) {
    out.write((error as Error).message);
  }
  try {
    // eslint-disable-next-line @typescript-eslint/await-thenable -- a list of promises and values is one
    for await (const x of [after(2, "late"), "at once", failing()]) out.write(x);
  } catch (error) {
    out.write((error as Error).message);
  }
  outer: for await (const x of made(out)) {
    for await (const y of new Source(out, 3)) {
      if (y === 1) continue outer;
      if (x === 1) break outer;
      out.write(`${x} ${y}`);
    }
  }
});

const victim = task(async function victim(out: Console) {
  try {
    for await (const x of new Source(out, 500)) if (x < 2) out.write(`victim ${x}`);
  } finally {
    out.write("left");
  }
});

const killer = task(async function killer(id: TaskId) {
  await sleep(ms(100));
  cancel(id);
});

/** Ordinary iterables with an await in the body: a generator, which is closed, a set, a list that is not known as one. */
function* counting(out: Console): Generator<number> {
  try {
    yield 1;
    yield 2;
  } finally {
    out.write("generator closed");
  }
}

async function sum(list: Iterable<number>): Promise<number> {
  let whole = 0;
  for (const x of list) {
    await sleep(ms(1));
    whole += x;
  }
  return whole;
}

const ordinary = task(async function ordinary(out: Console) {
  await sleep(ms(150));
  for (const x of counting(out)) {
    await sleep(ms(1));
    if (x === 1) break;
  }
  out.write(`${await sum([1, 2])} ${await sum(new Set([3, 4]))} ${await sum(counting(out))}`);
  for (const [key, value] of new Map([["a", 1]])) {
    await sleep(ms(1));
    out.write(`${key} ${value}`);
  }
});

export default function main(board: Board): void {
  spawn(over, board.console);
  spawn(killer, spawn(victim, board.console));
  spawn(ordinary, board.console);
}
