import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

/** Toggles a light twice a second. */
export const blink = task(async function blink(led: OutputPin) {
  for (;;) {
    led.toggle();
    await sleep(ms(500));
  }
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
