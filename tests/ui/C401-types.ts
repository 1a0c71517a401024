import { ms, sleep, spawn, task } from "dormouse";

const text = "[1, 2]";

export const parsed = task(
  async function parsed(count: number) {
    const list = JSON.parse(text);
    const first: number = list[0];
    let last = 0;
    for (let i = 0; i < count; i++) {
      await sleep(ms(first));
      last = list[i];
    }
    return last;
  },
  { shared: true },
);

export default function main(): void {
  spawn(parsed, 2);
}
