import { ms, sleep, spawn, task } from "dormouse";

class Sensor {
  async read(): Promise<number> {
    await sleep(ms(1));
    return 1;
  }
}

const loud = {
  async read(): Promise<number> {
    await sleep(ms(2));
    return 2;
  },
};

const measure = task(async function measure(sensor: Sensor) {
  await sensor.read();
});

export default function main(): void {
  spawn(measure, loud);
}
