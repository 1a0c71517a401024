import { ms, sleep, task, type Future } from "dormouse";

export const wait = task(async function wait(other: Future<void>, isShort: boolean) {
  const end = isShort ? sleep(ms(1)) : other;
  await end;
});

export default function main(): void {}
