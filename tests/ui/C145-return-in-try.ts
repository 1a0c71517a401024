import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait(): Promise<void> {
  try {
    return sleep(ms(1));
  } catch {
    return;
  }
});

export default function main(): void {}
