/** Calls of what an interface may have: methods that only some classes have, functions in fields, private methods of an object without a type. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Step {
  run(x: number): Promise<number>;
  undo?(x: number): Promise<number>;
  after?: (x: number) => Promise<number>;
}

class Add implements Step {
  constructor(private readonly n: number) {}

  async run(x: number): Promise<number> {
    await yieldNow();
    return x + this.n;
  }
}

class Scale implements Step {
  constructor(private readonly n: number) {}

  async run(x: number): Promise<number> {
    await sleep(ms(1));
    return x * this.n;
  }

  async undo(x: number): Promise<number> {
    return (await this.run(x)) - 1;
  }

  after = async (x: number): Promise<number> => {
    await yieldNow();
    return this.n + x;
  };
}

class Twice extends Scale {
  override async undo(x: number): Promise<number> {
    return (await super.undo(x)) * 2;
  }
}

class Counter {
  #n = 1;
  static made = 0;

  async #bump(by: number): Promise<number> {
    await yieldNow();
    this.#n += by;
    return this.#n;
  }

  /* eslint-disable -- a type that says nothing */
  async plus(other: any): Promise<number> {
    await this.#bump(0);
    this.#n += await other.#bump(2);
    return this.#n;
  }
  /* eslint-enable */

  static async make(): Promise<Counter> {
    await yieldNow();
    Counter.made++;
    return new Counter();
  }
}

/** It makes its own: a class that is named is that one. */
class Special extends Counter {
  static override async make(): Promise<Counter> {
    await sleep(ms(1));
    Counter.made += 10;
    return new Special();
  }
}

const calls = task(async function calls(out: Console) {
  const steps: (Step | null)[] = [new Add(1), null, new Scale(2), new Twice(3)];
  for (const step of steps) {
    let args = 0;
    out.write(`${await step?.undo?.(++args)} ${await step?.after?.(++args)} ${await step?.run(5)} ${args}`);
  }
  const [first, second] = [await Counter.make(), await Special.make()];
  out.write(`${await first.plus(second)} ${await second.plus(first)} ${Counter.made}`);
});

export default function main(board: Board): void {
  spawn(calls, board.console);
}
