import { ms, sleep, task } from "dormouse";

export const wait = task(async (delay: number) => {
  await sleep(ms(arguments.length + delay));
});

export default function main(): void {}
