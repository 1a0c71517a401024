import { ms, sleep, task } from "dormouse";
import type { OutputPin } from "dormouse/hal";

export const sweep = task(async function sweep(leds: OutputPin[]) {
  leds.forEach(async (led) => {
    led.toggle();
    await sleep(ms(100));
  });
});

export default function main(): void {}
