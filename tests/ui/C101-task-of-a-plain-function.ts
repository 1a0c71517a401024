import { ms, sleep, task } from "dormouse";

export const blink = task(function blink() {
  return sleep(ms(500));
});

export default function main(): void {}
