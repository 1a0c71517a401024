import { ms, sleep, task } from "dormouse";

async function walk(depth: number): Promise<void> {
  await sleep(ms(10));
  if (depth > 0) await walk(depth - 1);
}

export const walker = task(async function walker() {
  await walk(3);
});

export default function main(): void {}
