import { ms, sleep, task } from "dormouse";

async function twice(step: () => Promise<void>): Promise<void> {
  await step();
  await step();
}

async function again(): Promise<void> {
  await sleep(ms(1));
  await twice(again);
}

export const walker = task(async function walker() {
  await twice(again);
});

export default function main(): void {}
