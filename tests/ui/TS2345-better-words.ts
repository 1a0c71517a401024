import { ms, select, sleep, spawn, task, timeout } from "dormouse";
import type { Board, InputPin, OutputPin } from "dormouse/hal";

const PAUSE = 100;

const blink = task(async function blink(led: OutputPin, button: InputPin) {
  await sleep(100);
  await sleep(PAUSE);
  await sleep("250 ms");
  await timeout(button.fallingEdge(), 2 * PAUSE);
  led.write(true);
  led.write(2);
  await sleep(ms(1));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"), board.input("BTN1"));
}
