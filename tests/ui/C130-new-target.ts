import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  await sleep(ms(new.target === undefined ? 1 : 2));
});

export default function main(): void {}
