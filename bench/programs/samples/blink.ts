/** A light that blinks: one task, one await. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

/** How often: the bench supplies it. */
declare const rounds: number;
declare function print(line: string): void;

export const blink = task(async function blink(led: OutputPin) {
  for (let i = 0; i < rounds; i++) {
    led.toggle();
    await sleep(ms(1));
  }
  print("blinked " + led.read());
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
