/** Waits one after the other, and a number that lives over all of them. */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

let led: OutputPin;

const pulse = task(async function pulse(width: number) {
  led.write(1);
  await sleep(ms(width));
  led.write(0);
  await yieldNow();
  led.write(width > 10 ? 1 : 0);
});

export default function main(board: Board): void {
  led = board.output("LED1");
  spawn(pulse, 20);
}
