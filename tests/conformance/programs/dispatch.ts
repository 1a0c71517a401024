/** Methods that are known when they run: through interfaces, overridden ones, and what gives futures by itself. */
import { Signal, ms, sleep, spawn, task, yieldNow, type Future } from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Sensor {
  readonly name: string;
  read(scale: number, offset?: number): Future<number>;
  stop(): Future<void>;
}

class Thermometer implements Sensor {
  readonly name: string = "thermometer";
  protected stops = 0;

  constructor(private readonly value: number) {}

  async read(scale: number, offset = 1): Promise<number> {
    await sleep(ms(1));
    return this.value * scale + offset;
  }

  async stop(): Promise<void> {
    await yieldNow();
    this.stops++;
  }
}

class Averaging extends Thermometer {
  override readonly name = "averaging";

  override async read(scale: number): Promise<number> {
    let sum = 0;
    for (let i = 0; i < 3; i++) sum += await super.read(scale);
    return sum / 3 + this.stops * 1000;
  }
}

class Failing implements Sensor {
  readonly name = "failing";

  async read(scale: number): Promise<number> {
    await sleep(ms(scale));
    throw new Error("no sensor");
  }

  async stop(): Promise<void> {
    await sleep(ms(2));
  }
}

/** No class of async methods: its futures are those of a signal. */
class Cached implements Sensor {
  readonly name = "cached";
  private readonly values = new Signal<number>();
  private readonly stops = new Signal<void>();

  read(scale: number): Future<number> {
    this.values.set(scale * 100);
    return this.values.wait();
  }

  stop(): Future<void> {
    this.stops.set();
    return this.stops.wait();
  }
}

/** The only one of its kind: no class to look for, but an object may be missing. */
class Valve {
  private turns = 0;

  async turn(by: number): Promise<number> {
    await sleep(ms(1));
    return (this.turns += by);
  }
}

async function measure(sensor: Sensor, out: Console): Promise<string> {
  let order = "";
  const mark = (text: string, value: number): number => {
    order += text;
    return value;
  };
  try {
    const value = (await sensor.read(mark("a", 2), mark("b", 3))) + (await sensor.read(mark("c", 1)));
    return `${sensor.name} ${value} ${order}`;
  } catch (error) {
    return `${sensor.name} ${(error as Error).message} ${order}`;
  } finally {
    await sensor.stop();
    out.write(`${sensor.name} stopped`);
  }
}

const through = task(async function through(sensors: readonly Sensor[], out: Console) {
  for (const sensor of sensors) out.write(await measure(sensor, out));
  const first = sensors[0] as Thermometer;
  out.write(`as its class ${await first.read(await sensors[1]!.read(1), 5)}`);
  const order: string[] = [];
  let none: Sensor | undefined;
  out.write(`none ${String(await none?.read(1))}`);
  for (const valve of [new Valve(), undefined])
    out.write(`valve ${String(await valve?.turn(order.push("t")))}`);
  out.write(`evaluated ${order.length}`);
});

export default function main(board: Board): void {
  const sensors = [new Thermometer(10), new Averaging(20), new Failing(), new Cached()];
  spawn(through, sensors, board.console);
}
