/** Destructuring, defaults and spread around awaits. */
import { spawn, task, yieldNow } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

interface Reading {
  readonly id: number;
  readonly values: readonly number[];
  readonly unit?: string;
  readonly limits?: { readonly low: number; readonly high?: number };
}

async function read(id: number, scale = 2): Promise<Reading> {
  await yieldNow();
  const values = [id * scale, id + scale, 7];
  return id % 2 === 0 ? { id, values } : { id, values, unit: "mV", limits: { low: id } };
}

async function judge({ id, limits: { low, high = 9 } = { low: 0 } }: Reading, [first, ...others]: number[]) {
  await yieldNow();
  return { id, isGood: (first as number) >= low && others.length <= high };
}

const watch = task(async function watch() {
  let good = 0;
  let last = "";
  for (let i = 0; i < rounds; i++) {
    const reading = await read(i);
    const { values, unit = "V" } = reading;
    const { id, isGood } = await judge(reading, [...values, i]);
    const [a, b = 1] = values;
    if (isGood) good += (a as number) + b;
    last = id + unit;
  }
  print("good " + good + ", last " + last);
});

export default function main(): void {
  spawn(watch);
}
