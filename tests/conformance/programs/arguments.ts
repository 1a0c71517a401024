/* eslint-disable prefer-rest-params -- what this is about */
import { ms, select, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Tells its arguments, whatever parameters there are for them. */
async function count(a?: number, b = 7, ...rest: number[]): Promise<string> {
  await sleep(ms(1));
  return `${arguments.length}: ${a} ${b} ${rest.length} of ${[...arguments].join("-")}`;
}

/** A copy: changes of the parameter leave it alone. */
async function copied(a: number, ..._rest: number[]): Promise<string> {
  a++;
  await sleep(ms(1));
  arguments[1] = 9;
  const later = (): string => `${arguments[0]} ${arguments[1]}`;
  await sleep(ms(1));
  return `${a} ${later()}`;
}

/** Async arrows in a method have its `this`. */
class Sum {
  #base = 10;

  constructor(private readonly factor: number) {}

  async of(..._list: number[]): Promise<number> {
    let sum = this.#base;
    for (const each of arguments) {
      await sleep(ms(1));
      sum += Number(each);
    }
    const times = async (): Promise<number> => {
      await sleep(ms(1));
      const raised = async (): Promise<number> => (await this.more()) + this.factor;
      return raised();
    };
    return sum * (await times());
  }

  private async more(): Promise<number> {
    await sleep(ms(1));
    return this.factor * 0;
  }
}

const tell = task(async function tell(out: Console, n: number, ...more: number[]) {
  out.write(`${arguments.length} ${n} ${more.length}`);
  out.write(await count());
  out.write(await count(1, 2, 3, 4));
  const list: [number, number, number] = [5, 6, 7];
  out.write(await count(...list));
  out.write(await copied(1, 2));
  // Nobody reads what `a` is given, while the list around is read.
  async function replaced(...given: number[]): Promise<number>;
  async function replaced(a: number): Promise<number> {
    a = list.length;
    await sleep(ms(1));
    return a + 10 * arguments.length;
  }
  out.write(String((await replaced(1, 2)) + (await replaced(...list))));
  const [one, two] = [new Sum(2), new Sum(3)];
  out.write(`${await one.of(1)} ${await two.of(1, 2)}`);
  const { value } = await select({ told: count(1, 2), nap: sleep(ms(50)) });
  out.write(String(value));
});

export default function main(board: Board): void {
  spawn(tell, board.console, 3, 4, 5);
}
