import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  led.toggle();
  await sleep(ms(10));
});

const unused = task(async function unused() {
  await sleep(ms(10));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
