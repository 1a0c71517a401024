import { ms, sleep, task } from "dormouse";

function logged<T>(value: T, _context: ClassMethodDecoratorContext | ClassDecoratorContext): T {
  return value;
}

class Sensor {
  @logged
  async read(): Promise<void> {
    await sleep(ms(1));
  }
}

@logged
class Other {
  async wait(): Promise<void> {
    await sleep(ms(1));
  }
}

export const both = task(async function both() {
  await new Sensor().read();
  await new Other().wait();
});

export default function main(): void {}
