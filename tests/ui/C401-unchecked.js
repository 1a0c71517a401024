import { ms, sleep, spawn, task } from "dormouse";

export const counts = task(
  async function counts(from = 1) {
    for (let i = from; i < 10; i++) await sleep(ms(i));
  },
  { shared: true },
);

export default function main() {
  spawn(counts, "1");
}
