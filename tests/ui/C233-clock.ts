import { ms, now, sleep, spawn, task } from "dormouse";

const wait = task(async function wait() {
  const end = now() + 5;
  while (now() < end) {}
  await sleep(ms(1));
});

export default function main(): void {
  spawn(wait);
}
