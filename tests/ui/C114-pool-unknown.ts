import { ms, sleep, task } from "dormouse";

declare const count: number;

export const blink = task(
  async function blink() {
    await sleep(ms(500));
  },
  { pool: count },
);

export default function main(): void {}
