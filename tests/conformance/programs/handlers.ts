/** Handlers of a function that others await: when it is left, those of its caller are in force again. */
import { ms, recursive, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

function fail(text: string): never {
  throw new Error(text);
}

/** One handler after the other. */
async function inTurn(out: Console): Promise<void> {
  try {
    await sleep(ms(1));
  } catch {
    out.write("a catch that is over");
  }
  try {
    await sleep(ms(1));
  } finally {
    out.write("finally");
  }
}

/** Nothing between the two that begin, and nothing between the two that end. */
async function inEachOther(out: Console, text: string): Promise<void> {
  for (const each of [1, 2]) {
    try {
      try {
        await sleep(ms(each));
        if (each === 2) fail(text);
      } catch (error) {
        out.write(`inner ${String(error)}`);
      }
    } finally {
      out.write(`outer ${each}`);
    }
  }
}

/** What is thrown by a cleanup goes to the caller. */
async function whileCleaning(out: Console): Promise<void> {
  try {
    out.write("body");
  } catch {
    out.write("never");
  } finally {
    await yieldNow();
    fail("cleanup");
  }
}

const levels = recursive(
  async function levels(n: number, out: Console): Promise<void> {
    try {
      await sleep(ms(1));
    } catch {
      out.write("never");
    }
    try {
      if (n > 0) await levels(n - 1, out);
      else fail("the innermost");
    } finally {
      out.write(`level ${n}`);
    }
  },
  { depth: 3 },
);

async function* items(out: Console): AsyncGenerator<number> {
  try {
    yield 1;
  } finally {
    out.write("one is over");
  }
  try {
    yield 2;
  } catch {
    out.write("never");
  }
  yield 3;
}

const run = task(async function run(out: Console) {
  for (const each of [inTurn, (console: Console) => inEachOther(console, "thrown"), whileCleaning]) {
    try {
      await each(out);
      fail("after it");
    } catch (error) {
      out.write(`caught ${String(error)}`);
    }
  }
  try {
    await levels(2, out);
  } catch (error) {
    out.write(`caught ${String(error)}`);
  }
  try {
    for await (const each of items(out)) if (each === 3) fail("in the loop");
  } catch (error) {
    out.write(`caught ${String(error)}`);
  }
});

export default function main(board: Board): void {
  spawn(run, board.console);
}
