import { Channel, CLOSED, ms, s, select, sleep, spawn, task, timeout, TIMED_OUT } from "dormouse";
import type { AnalogPin, Board, Console, InputPin, OutputPin } from "dormouse/hal";

/** Wakes the sensor, waits until it says that its output is stable, and measures. */
async function readSensor(power: OutputPin, ready: InputPin, output: AnalogPin): Promise<number> {
  power.write(1);
  try {
    await ready.risingEdge();
    return await output.read();
  } finally {
    power.write(0);
  }
}

/** Measures several times a second, and goes on when the sensor does not answer. */
export const sample = task(async function sample(
  power: OutputPin,
  ready: InputPin,
  output: AnalogPin,
  samples: Channel<number>,
  out: Console,
) {
  for (;;) {
    const value = await timeout(readSensor(power, ready, output), ms(80));
    if (value === TIMED_OUT) out.write("sensor does not answer");
    else await samples.send(value);
    await sleep(ms(100));
  }
});

/** Reports the mean once a second, or at once when the flush button is pressed. */
export const report = task(async function report(
  samples: Channel<number>,
  flush: InputPin,
  led: OutputPin,
  out: Console,
) {
  for (;;) {
    const tick = sleep(s(1));
    let sum = 0;
    let count = 0;
    for (;;) {
      const next = await select({ sample: samples.receive(), flush: flush.fallingEdge(), tick });
      if (next.arm !== "sample" || next.value === CLOSED) break;
      sum += next.value;
      count++;
    }
    led.toggle();
    out.write(count === 0 ? "no samples" : `mean ${Math.round(sum / count)} of ${count}`);
  }
});

export default function main(board: Board): void {
  const samples = new Channel<number>(4);
  const out = board.console;
  spawn(sample, board.output("D2"), board.input("D3"), board.analog("A0"), samples, out);
  spawn(report, samples, board.input("BTN2", { pull: "up" }), board.output("LED1"), out);
}
