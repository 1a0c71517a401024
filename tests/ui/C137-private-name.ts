import { ms, sleep, task } from "dormouse";

export const tell = task(async function tell() {
  class Sensor {
    #value = 1;

    async read(): Promise<number> {
      await sleep(ms(1));
      return this.#value;
    }
  }
  await sleep(ms(await new Sensor().read()));
});

export default function main(): void {}
