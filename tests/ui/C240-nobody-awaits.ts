import { Signal, ms, select, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, InputPin } from "dormouse/hal";

const watch = task(async function watch(pin: InputPin, stop: Signal<void>) {
  const edge = pin.anyEdge();
  const pause = sleep(ms(5));
  const late = stop.wait();
  void late;
  // dormouse-ignore C240: the pin is armed from here on
  const armed = pin.risingEdge();
  const tick = sleep(ms(9));
  await select({ edge, other: sleep(ms(2)) });
  await yieldNow();
  if (pin.read() === 1) await tick;
});

export default function main(board: Board): void {
  const stop = new Signal<void>();
  spawn(watch, board.input("BTN1"), stop);
  stop.set();
}
