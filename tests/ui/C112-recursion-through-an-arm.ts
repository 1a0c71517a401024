import { ms, recursive, select, sleep, task } from "dormouse";

const walk = recursive(
  async function walk(left: number): Promise<void> {
    await sleep(ms(10));
    if (left > 0) await select({ deeper: walk(left - 1), late: sleep(ms(100)) });
  },
  { depth: 4 },
);

export const walker = task(async function walker() {
  await walk(3);
});

export default function main(): void {}
