import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait(this: { delay: number }) {
  await sleep(ms(this.delay));
});

export default function main(): void {}
