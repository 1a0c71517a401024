import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

/** Ends by an error. */
const watch = task(async function watch(limit: number) {
  await sleep(ms(100));
  if (limit > 2) throw new Error("sensor on fire");
});

/** Is not disturbed by it. */
const blink = task(async function blink(led: OutputPin) {
  for (;;) {
    led.toggle();
    await sleep(ms(80));
  }
});

export default function main(board: Board): void {
  spawn(watch, 3);
  spawn(blink, board.output("LED1"));
}
