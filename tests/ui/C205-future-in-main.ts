import { Channel, ms, sleep, spawn, task } from "dormouse";
import type { Board, InputPin, OutputPin } from "dormouse/hal";

const items = new Channel<number>(1);
const early = sleep(ms(1));

const blink = task(async function blink(led: OutputPin) {
  await early;
  led.write(1);
  await items.receive();
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
  items.send(1);
  const press = board.input("BTN1").fallingEdge();
  void press;
  const later = (button: InputPin) => button.risingEdge();
  void later;
}
