import { ms, sleep, task } from "dormouse";

async function walk(): Promise<void> {
  await walk();
}

export const wait = task(async function wait(delays: number[]) {
  sleep(ms(1));
  delays.forEach(async (delay) => {
    await sleep(ms(delay));
  });
  await walk();
});

export default function main(): void {}
