/** What coverage has to tell apart: lines of several states, and those that nothing leads to. */
import { ms, sleep, task } from "dormouse";

export const count = task(async function count(limit: number) {
  try {
    for (let i = 0; i < limit; i++) {
      if (i > 100) {
        await sleep(ms(i));
        i++;
      }
    }
  } catch (error) {
    await sleep(ms(limit));
    throw error;
  }
});

export default function main(): void {}
