import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait(...delays: number[]) {
  await sleep(ms(delays.length));
});

export default function main(): void {}
