import { ms, sleep, spawn, task } from "dormouse";

class Sensor {
  async read(): Promise<number> {
    await sleep(ms(1));
    return 1;
  }
}

function makeLoud(): Sensor {
  class Loud extends Sensor {
    override async read(): Promise<number> {
      return 2;
    }
  }
  return new Loud();
}

const measure = task(async function measure(sensor: Sensor) {
  await sensor.read();
});

export default function main(): void {
  spawn(measure, makeLoud());
}
