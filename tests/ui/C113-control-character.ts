import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  await sleep(ms("".length));
});

export default function main(): void {}
