import { ms, select, sleep, task } from "dormouse";

async function* count(to: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    await sleep(ms(10));
    yield i;
  }
}

export const sum = task(async function sum() {
  for await (const item of count(1)) await sleep(ms(item));
  const kept = count(2);
  for await (const item of kept) await sleep(ms(item));
  await count(3).next();
  await select({ one: count(4).next() });
});

export default function main(): void {}
