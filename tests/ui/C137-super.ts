import { ms, sleep, task } from "dormouse";

class Sensor {
  private held = 1;

  get value(): number {
    return this.held;
  }

  set value(value: number) {
    this.held = value;
  }

  read(): number {
    return this.value;
  }

  later?(): number;
}

class Filter extends Sensor {
  async filtered(): Promise<number> {
    await sleep(ms(1));
    super.value = 2;
    return super.read();
  }

  async late(): Promise<number> {
    await sleep(ms(1));
    return super.later?.() ?? 0;
  }
}

const quick = {
  async filtered(): Promise<string> {
    await sleep(ms(1));
    return super.toString();
  },
};

export const tell = task(async function tell() {
  await sleep(ms((await new Filter().filtered()) + (await new Filter().late())));
  await sleep(ms((await quick.filtered()).length));
});

export default function main(): void {}
