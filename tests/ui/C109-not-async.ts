import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

function step(led: OutputPin) {
  led.toggle();
  await sleep(ms(1));
}

const blink = task(async function blink(led: OutputPin) {
  await step(led);
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
