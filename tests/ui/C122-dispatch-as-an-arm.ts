import { ms, sleep, spawn, task, timeout, type Future } from "dormouse";

interface Sensor {
  read(): Future<number>;
}

class Loud implements Sensor {
  async read(): Promise<number> {
    await sleep(ms(2));
    return 2;
  }
}

const measure = task(async function measure(sensor: Sensor) {
  await timeout(sensor.read(), ms(5));
});

export default function main(): void {
  spawn(measure, new Loud());
}
