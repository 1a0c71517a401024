import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  led.toggle();
  await sleep(ms(10));
});

const perhaps = task(async function perhaps(led: OutputPin) {
  led.toggle();
  await sleep(ms(10));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
  spawn(perhaps, board.output("D2"));
  for (const led of ["LED2", "D3"] as const) spawn(blink, board.output(led));
  if (board.name === "pixl") return;
  spawn(perhaps, board.output("D4"));
}
