/** Awaits in the middle of expressions, whose operands keep their order. */
import { spawn, task, yieldNow } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

async function twice(value: number): Promise<number> {
  await yieldNow();
  return 2 * value;
}

async function next(value: number): Promise<number> {
  await yieldNow();
  return value + 1;
}

const evaluate = task(async function evaluate() {
  const table = [1, 2, 3, 4];
  const point = { x: 5, y: 7 };
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    const first = (table[i & 3] as number) + (await next(await twice(i)));
    const second = i & 1 ? await twice(first) : first - (await next(first));
    const both = second > 0 && (await next(second)) > 4 ? 1 : 0;
    total += both + (await twice(point.x)) * (await next(point.y));
    table[i & 3] = (total + (await next(i))) % 10;
    point.x = ((await twice(i)) + point.y) % 9;
    total = [total % 1000, await next(1), table[0] as number].reduce((sum, each) => sum + each);
  }
  print("total " + total + ": " + table.join());
});

export default function main(): void {
  spawn(evaluate);
}
