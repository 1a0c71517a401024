import { ms, sleep, spawn, task } from "dormouse";
import type { Board, InputPin, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin, button: InputPin) {
  sleep(ms(1)).then(() => led.toggle());
  const press = button.fallingEdge();
  press.then(() => led.toggle()).catch(() => undefined);
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"), board.input("BTN1"));
}
