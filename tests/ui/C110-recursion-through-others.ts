import { ms, sleep, task } from "dormouse";

async function even(n: number): Promise<boolean> {
  await sleep(ms(1));
  return n === 0 || (await odd(n - 1));
}

async function odd(n: number): Promise<boolean> {
  return n !== 0 && (await even(n - 1));
}

export const walker = task(async function walker() {
  await even(3);
});

export default function main(): void {}
