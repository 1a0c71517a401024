import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(
  async function blink(led: OutputPin) {
    led.toggle();
    await sleep(ms(10));
  },
  { pool: 4 },
);

const inALoop = task(
  async function inALoop(led: OutputPin) {
    await sleep(ms(10));
    led.toggle();
  },
  { pool: 4 },
);

const elsewhere = task(
  async function (again: boolean) {
    await sleep(ms(10));
    if (again) spawn(elsewhere, false);
  },
  { pool: 2 },
);

export default function main(board: Board): void {
  if (board.name !== "pixl") spawn(blink, board.output("LED1"));
  for (const led of ["LED2", "D2"] as const) spawn(blink, board.output(led));
  const leds = [board.output("D3"), board.output("D4")];
  for (const led of leds) spawn(inALoop, led);
  spawn(elsewhere, true);
}
