/**
 * Methods of the class itself that a subclass replaces: by `this`, by a type parameter, in generic classes, with more
 * parameters. And functions that no task awaits, which hold others.
 */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

class Base {
  constructor(readonly name: string) {}

  label(): string {
    return this.name;
  }

  async begin(count: number): Promise<string> {
    await yieldNow();
    return `${this.name} begins ${count}`;
  }

  async run(count: number): Promise<string> {
    const first = await this.begin(count);
    return `${first}, then ${await this.begin(count + 1)}`;
  }

  async *items(count: number): AsyncGenerator<string> {
    for (let i = 0; i < count; i++) yield await this.begin(i);
  }
}

class Derived extends Base {
  override async begin(count: number, times = 2): Promise<string> {
    await sleep(ms(times));
    return `<${await super.begin(count * times)}>`;
  }

  /** What stands in an object has the `super` of the class. */
  async parts(): Promise<string> {
    const parts = {
      first: await super.begin(0),
      all: [await super.begin(1)],
      later: () => super.label(),
    };
    return `${parts.first}, ${parts.all.join()}, ${parts.later()}`;
  }
}

/** What is below a generic class fits, whatever its type is. */
abstract class Store<T> {
  abstract load(key: number): Promise<T>;

  async both(key: number): Promise<T[]> {
    return [await this.load(key), await this.load(key + 1)];
  }
}

class Texts extends Store<string> {
  override async load(key: number): Promise<string> {
    await sleep(ms(1));
    return "x".repeat(key);
  }
}

class Numbers extends Store<number> {
  override async load(key: number): Promise<number> {
    await yieldNow();
    return key * key;
  }
}

interface Source<T> {
  next(): Promise<T>;
}

class Counter implements Source<number> {
  private count = 0;

  async next(): Promise<number> {
    await sleep(ms(1));
    return ++this.count;
  }
}

class Fixed<T> implements Source<T> {
  constructor(private readonly value: T) {}

  async next(): Promise<T> {
    await yieldNow();
    return this.value;
  }
}

async function twice<T>(source: Source<T>): Promise<T[]> {
  return [await source.next(), await source.next()];
}

async function runOf<T extends Base>(base: T, ...others: readonly T[]): Promise<string> {
  for (const each of others) await each.run(1);
  return await base.run(5);
}

/** A helper that nobody calls yet. */
export async function unused(count: number): Promise<number> {
  async function inner(): Promise<number> {
    await sleep(ms(1));
    return count;
  }
  const later = async (): Promise<number> => (await inner()) + 1;
  return await later();
}

const show = task(async function show(out: Console) {
  for (const each of [new Base("base"), new Derived("derived")]) {
    out.write(await each.run(1));
    out.write(await runOf(each));
    for await (const item of each.items(2)) out.write(item);
  }
  out.write(await new Derived("parts").parts());
  out.write((await new Texts().both(2)).join());
  out.write((await new Numbers().both(2)).join());
  out.write((await twice(new Counter())).join());
  out.write((await twice(new Fixed("fixed"))).join());
});

export default function main(board: Board): void {
  spawn(show, board.console);
}
