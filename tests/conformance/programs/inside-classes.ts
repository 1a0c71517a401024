/** Classes inside of functions, and without a name: private names and `super` in their async methods. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

class Base {
  constructor(protected readonly n: number) {}

  static kind(): string {
    return "base";
  }

  get twice(): number {
    return this.n * 2;
  }

  plain(k: number): number {
    return this.n + k;
  }

  async slow(k: number): Promise<number> {
    await sleep(ms(1));
    return this.n + k;
  }
}

const Unnamed = class extends Base {
  override async slow(k: number): Promise<number> {
    await yieldNow();
    return super.plain(k) * 10 + super.twice + (await super.slow(k));
  }
};

/** Only its own code knows it by the second name. */
const Numbered = class Own {
  static made = 0;
  readonly number = ++Own.made;

  static async make(): Promise<string> {
    await yieldNow();
    return `${Own.made} ${await new Own().tell()}`;
  }

  async tell(): Promise<string> {
    const later = async (): Promise<number> => {
      await yieldNow();
      return new Own().number;
    };
    await yieldNow();
    return `${this.number} of ${Own.made}, then ${await later()} ${Object.keys({ Own }).join()}`;
  }
};

function makeCounters(start: number, out: Console) {
  class Counter extends Base {
    static #made = 0;
    #count = start;

    constructor() {
      super(5);
      Counter.#made++;
    }

    static async total(): Promise<string> {
      await yieldNow();
      return `${super.kind()} ${this.#made++} ${this.#made}`;
    }

    get #double(): number {
      return this.#count * 2;
    }
    set #double(value: number) {
      this.#count = value / 2;
    }

    #add(k: number): number {
      return (this.#count += k);
    }

    async #addSlowly(k: number): Promise<number> {
      await sleep(ms(1));
      return this.#add(k);
    }

    async run(other: Counter): Promise<string> {
      this.#count += await this.#addSlowly(2);
      [this.#count, other.#count] = [other.#count, this.#count];
      ({ a: this.#double } = { a: 50 });
      other.#count++;
      other.#double **= 1;
      const has = [#count in other, #count in ({} as object)];
      const inner = async (): Promise<number> => {
        await yieldNow();
        return this.#count + super.plain(1);
      };
      const numbers = [this.#count, other.#count, await inner(), super.plain(3), super["twice"]];
      numbers.push(this.#add(await super.slow(1)), other.#count);
      return `${has.join()} ${numbers.join()}`;
    }
  }
  out.write(Object.keys(new Counter()).join());
  return [Counter, new Counter(), new Counter()] as const;
}

/** Each class of an object has its own `#x`. */
function makeLayers() {
  class First {
    #x = 1;

    async get(): Promise<number> {
      await yieldNow();
      return this.#x;
    }

    text(): string {
      return `first ${this.#x}`;
    }
  }
  class Second extends First {
    #x = 10;

    override async get(): Promise<number> {
      await yieldNow();
      return (this.#x += await super.get());
    }

    override text(): string {
      return `second, ${super.text()}`;
    }

    async texts(): Promise<string> {
      await yieldNow();
      return `${super.text()} ${this.text()} ${this.#x}`;
    }
  }
  return new Second();
}

/** What a class extends, and the keys of an object, have the `this` around it. */
class Keyed extends Base {
  readonly #key = "k";
  readonly base = class {
    z = 1;
  };

  async keys(): Promise<string> {
    class Inside extends this.base {
      y = this.z + 1;
    }
    const object = {
      [`${this.#key}${await later(super.plain(1))}`]: this.#key,
      [`m${this.#key}`](): number {
        return Object.keys(this).length;
      },
    };
    return `${Object.keys(new Inside()).join()} ${Object.keys(object).join()}`;
  }
}

async function later(n: number): Promise<number> {
  await yieldNow();
  return n;
}

const show = task(async function show(out: Console) {
  const [Counter, a, b] = makeCounters(7, out);
  out.write(await a.run(b));
  out.write(await Counter.total());
  out.write(String(await new Unnamed(3).slow(2)));
  out.write(await Numbered.make());

  class Scaled extends Base {
    #by = 4;

    override async slow(k: number): Promise<number> {
      await sleep(ms(1));
      this.#by *= k;
      return this.#by + super.plain(k) + super.twice;
    }

    async next(): Promise<string> {
      const before = this.#by++;
      await yieldNow();
      return `${before} ${this.#by}`;
    }
  }
  const scaled = new Scaled(3);
  out.write(`${await scaled.slow(2)} ${await scaled.next()} ${Object.keys(scaled).join()}`);

  out.write(await new Keyed(5).keys());

  const layers = makeLayers();
  out.write(`${await layers.get()} ${await layers.texts()}`);
});

export default function main(board: Board): void {
  spawn(show, board.console);
}
