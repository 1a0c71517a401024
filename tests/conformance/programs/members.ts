/** Private names and `super` in async methods, whose code stands in their class. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const main1 = task(async function main1(out: Console) {
  const valve = new Valve("v");
  out.write(await valve.open(2));
  out.write(await valve.open(3));
  out.write(`${await Valve.total()} ${Valve.is(valve)} ${Valve.is({})}`);
  out.write(String(await valve.other(new Valve("w"))));
  for await (const turn of valve.each()) out.write(String(turn));
});

class Valve {
  static #made = 0;
  #turns = 0;
  readonly #names: string[] = [];

  constructor(name: string) {
    this.#names.push(name);
    Valve.#made++;
  }

  get #double(): number {
    return this.#turns * 2;
  }

  set #double(value: number) {
    this.#turns = value / 2;
  }

  #log(text: string): string {
    this.#names.push(text);
    return this.#names.join();
  }

  async open(times: number): Promise<string> {
    for (let i = 0; i < times; i++) {
      await sleep(ms(1));
      this.#turns += await this.#step(i);
      this.#turns++;
    }
    this.#double = this.#double + (await this.#step(0)) * 2;
    [this.#turns] = [this.#turns + 1];
    const twice = (): number => this.#double;
    return `${this.#log(String(times))} ${this.#turns} ${twice()}`;
  }

  async #step(n: number): Promise<number> {
    await yieldNow();
    return n * 10;
  }

  async other(valve: Valve): Promise<number> {
    await yieldNow();
    return valve.#turns + (#turns in valve ? 1 : 0) + valve.#names.length;
  }

  async *each(): AsyncGenerator<number> {
    while (this.#turns > 20) {
      yield (this.#turns -= 10);
      await sleep(ms(1));
    }
  }

  static is(value: object): boolean {
    return #turns in value;
  }

  static async total(): Promise<number> {
    await yieldNow();
    return this.#made;
  }
}

export default function main(board: Board): void {
  spawn(main1, board.console);
}
