import { ms, sleep, spawn, task } from "dormouse";
import type { AnalogPin, Board, OutputPin } from "dormouse/hal";

async function* burst(sensor: AnalogPin, count: number): AsyncGenerator<number, void, void> {
  for (let i = 0; i < count; i++) {
    yield await sensor.read();
    await sleep(ms(1));
  }
}

async function* peaks(source: AsyncIterable<number>): AsyncGenerator<number, void, void> {
  for await (const value of source) if (value > 900) yield value;
}

export const watch = task(async function watch(sensor: AnalogPin, led: OutputPin) {
  const first = burst(sensor, 5);
  for (;;) {
    for await (const value of burst(sensor, 3)) led.write(value > 500 ? 1 : 0);
    for await (const value of peaks(burst(sensor, 9))) led.write(value > 950 ? 1 : 0);
    const step = await first.next();
    if (step.done === true) led.write(0);
    await sleep(ms(10));
  }
});

export default function main(board: Board): void {
  spawn(watch, board.analog("A0"), board.output("LED1"));
}
