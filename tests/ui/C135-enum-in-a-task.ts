import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  enum Delay {
    Short = 1,
  }
  await sleep(ms(Delay.Short));
});

export default function main(): void {}
