// @ts-check
import { ms, sleep, task } from "dormouse";

export const texts = task(
  /** @param {number} n */
  async (n) => {
    const text = String(n);
    await sleep(ms(5));
    return text.length;
  },
  { shared: true },
);
export default function main() {
  return [texts];
}
