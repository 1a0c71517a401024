import { ms, select, sleep, task, timeout } from "dormouse";

export const wait = task(async function wait() {
  await select({ short: timeout(sleep(ms(1)), ms(2)), long: sleep(ms(3)) });
});

export default function main(): void {}
