import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  sleep(ms(1));
});

export default function main(): void {}
