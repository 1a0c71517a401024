import { ms, select, sleep, task } from "dormouse";

async function* count(to: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    await sleep(ms(10));
    yield i;
  }
}

const early = count(1);
const make = (): AsyncGenerator<number> => count(2);

export const sum = task(async function sum() {
  const kept = count(3);
  const step = kept.next();
  await kept.next(5 as never);
  await kept.throw(new Error("no"));
  await select({ one: kept.next() });
  for (const each of [make, () => count(4)]) for await (const item of each()) await sleep(ms(item));
  return step;
});

export default function main(): void {
  count(5);
  void early;
}
