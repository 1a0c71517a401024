import { ms, sleep, task } from "dormouse";

async function pause(): Promise<void> {
  await sleep(ms(1));
}

export const wait = task(async function wait() {
  // dormouse-ignore C201: it is not needed
  pause();
});

export default function main(): void {}
