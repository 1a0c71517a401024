import { ms, recursive, sleep, task } from "dormouse";

let levels = 3;

const walk = recursive(
  async function walk(left: number): Promise<void> {
    await sleep(ms(10));
    if (left > 0) await walk(left - 1);
  },
  { depth: levels },
);

const none = recursive(
  async function none(left: number): Promise<void> {
    await sleep(ms(10));
    if (left > 0) await none(left - 1);
  },
  { depth: 0 },
);

export const walker = task(async function walker() {
  levels++;
  await walk(3);
  await none(3);
});

export default function main(): void {}
