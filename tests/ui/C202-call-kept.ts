import { ms, sleep, task } from "dormouse";

async function pause(): Promise<void> {
  await sleep(ms(1));
}

export const wait = task(async function wait() {
  await pause();
  const later = pause();
  await later;
});

export default function main(): void {}
