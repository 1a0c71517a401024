/** One wait in a loop without an end. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  for (;;) {
    led.toggle();
    await sleep(ms(500));
  }
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
