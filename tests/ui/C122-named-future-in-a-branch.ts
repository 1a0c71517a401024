import { ms, select, sleep, task } from "dormouse";

export const wait = task(async function wait(isLong: boolean) {
  const long = sleep(ms(9));
  await select({ one: isLong ? long : sleep(ms(1)), other: sleep(ms(3)) });
});

export default function main(): void {}
