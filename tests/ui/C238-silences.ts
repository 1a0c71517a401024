import { Channel, ms, sleep, spawn, task } from "dormouse";
import type { Board, Console, InputPin } from "dormouse/hal";

const items = new Channel<number>(1);

export const wait = task(async function wait(button: InputPin, out: Console) {
  // dormouse-ignore C233: ten microseconds
  // (the sensor answers at once)
  while (button.read() === 0);
  while (button.read() === 0); // dormouse-ignore C233
  items.send(1); // dormouse-ignore C201: there is room
  // dormouse-ignore C232, C233: nothing of the kind here
  await sleep(ms(1));
  // dormouse-ignore
  await items.receive();
  out.write("// dormouse-ignore C233: only a text");
});

export default function main(board: Board): void {
  spawn(wait, board.input("BTN1"), board.console);
}
