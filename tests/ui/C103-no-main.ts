import { ms, sleep, task } from "dormouse";

export const blink = task(async function blink() {
  await sleep(ms(500));
});
