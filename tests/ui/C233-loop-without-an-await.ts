import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Clock, InputPin } from "dormouse/hal";

let isDone = false;

export const wait = task(async function wait(button: InputPin, clock: Clock) {
  while (button.read() === 0) {}
  while (!isDone);
  const end = clock.now() + 100;
  do {
    button.read();
  } while (clock.now() < end);
  for (;;) {
    if (button.read() === 1) await sleep(ms(10));
    else if (isDone) break;
  }
  let bits = 0b1011;
  while (bits !== 0) bits &= bits - 1;
  for (let i = 0; i < 100; i++) bits += i;
  for (;;) {
    if (button.read() === 1) break;
  }
  while (true) if (isDone) break;
  for (;;) bits++;
});

export default function main(board: Board): void {
  spawn(wait, board.input("BTN1"), board.clock);
  isDone = true;
}
