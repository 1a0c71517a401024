import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";
const bad = task(async function bad(n: number) {
  await sleep(ms(100));
  if (n > 2) throw new Error("sensor on fire");
});
const blink = task(async (led: OutputPin) => {
  for (let i = 0; ; i++) {
    led.toggle();
    await sleep(ms(250));
  }
});
export default function main(board: Board) {
  spawn(bad, 3);
  spawn(blink, board.output("LED1"));
}
