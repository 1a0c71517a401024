import { ms, sleep, spawn, task } from "dormouse";
import type { AnalogPin, Board, OutputPin } from "dormouse/hal";

const names = { a: 1, b: 2 };

const measure = task(async function measure(sensor: AnalogPin, led: OutputPin) {
  const values = new Uint16Array(8);
  const words = ["low", "high"];
  for (let n = 0; ; n = (n + 1) % 8) {
    values[n] = await sensor.read();
    const last = values.slice(-4);
    const text = values[n]!.toFixed(1);
    const parts = words.filter((word) => word !== text);
    const keys = Object.keys(names);
    const title = String(n);
    const known = words.indexOf(title) + words[0]!.charCodeAt(0);
    led.write(last.length + parts.length + keys.length > known ? 1 : 0);
    await sleep(ms(10));
  }
});

export default function main(board: Board): void {
  spawn(measure, board.analog("A0"), board.output("LED1"));
}
