import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

async function blink(led: OutputPin): Promise<void> {
  led.toggle();
  await sleep(ms(10));
}

function plain(led: OutputPin): void {
  led.toggle();
}

const flash = task(async function flash(led: OutputPin) {
  await blink(led);
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
  spawn(plain, board.output("LED2"));
  flash(board.output("D2"));
  spawn(flash, board.output("D3"));
}
