import { ms, Signal, sleep, spawn, task } from "dormouse";
import type { Board, Console, InputPin, OutputPin } from "dormouse/hal";

/** Counts presses. An edge starts it; 20 ms later the contact has stopped bouncing and the level decides. */
export const countPresses = task(async function countPresses(button: InputPin, presses: Signal<number>) {
  for (let count = 1; ;) {
    await button.fallingEdge();
    await sleep(ms(20));
    if (button.read() === 0) presses.set(count++);
  }
});

/** Shows each press: one line, and one flash of the light. */
export const show = task(async function show(presses: Signal<number>, led: OutputPin, out: Console) {
  for (;;) {
    out.write(`press ${await presses.wait()}`);
    led.write(1);
    await sleep(ms(100));
    led.write(0);
  }
});

export default function main(board: Board): void {
  const presses = new Signal<number>();
  spawn(countPresses, board.input("BTN1", { pull: "up" }), presses);
  spawn(show, presses, board.output("LED1"), board.console);
}
