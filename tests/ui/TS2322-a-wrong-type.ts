import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  const delay: string = 5;
  await sleep(ms(delay.length));
});

export default function main(): void {}
