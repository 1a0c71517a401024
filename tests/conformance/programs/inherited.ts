/** `super` in async methods, and async functions of namespaces: their code stands where those are known. */
import { TIMED_OUT, ms, sleep, spawn, task, timeout, yieldNow } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";

const main1 = task(async function main1(out: Console, pin: OutputPin) {
  const lamp = new Dimmer(pin, "lamp");
  out.write(`${lamp.told()} ${await lamp.blink(2)} ${await lamp.level(3)}`);
  out.write((await Dimmer.all()).join());
  out.write(`${await units.scaled(3)} ${units.calls} ${await units.inner.deep(1)}`);
  const late = await timeout(units.slow(), ms(5));
  out.write(String(late === TIMED_OUT));
  spawn(units.watch, out);
});

class Lamp {
  count = 0;

  constructor(
    protected readonly pin: OutputPin,
    readonly name: string,
  ) {}

  told(suffix = "."): string {
    return this.name + suffix;
  }

  async pulse(times: number): Promise<number> {
    for (let i = 0; i < times; i++) {
      this.pin.toggle();
      await sleep(ms(1));
      this.count++;
    }
    return this.count;
  }

  static names(): string[] {
    return ["lamp"];
  }
}

class Dimmer extends Lamp {
  override told(suffix = "!"): string {
    return super.told(suffix) + suffix;
  }

  async blink(times: number): Promise<string> {
    const told = (): string => super.told("?");
    const key = "told";
    return `${told()} ${super.told(String(await super.pulse(times)))} ${super[key]("-")} ${this.told()}`;
  }

  async level(to: number): Promise<number> {
    const before = await super.pulse(to);
    await yieldNow();
    return before * 100 + (await this.pulse(1));
  }

  static async all(): Promise<string[]> {
    await yieldNow();
    return super.names().concat("dimmer");
  }
}

/* eslint-disable @typescript-eslint/no-namespace -- what this program is about */
namespace units {
  const factor = 10;
  export let calls = 0;

  export async function scaled(n: number): Promise<number> {
    await yieldNow();
    calls++;
    return (await more(n)) * factor;
  }

  const more = async (n: number): Promise<number> => {
    await sleep(ms(1));
    return n + calls;
  };

  export async function slow(): Promise<void> {
    await sleep(ms(50));
  }

  export namespace inner {
    const offset = factor + 1;
    export async function deep(n: number): Promise<number> {
      return offset + (await scaled(n));
    }
  }

  export const watch = task(async function watch(out: Console) {
    await yieldNow();
    out.write(`watch ${calls} ${factor}`);
  });
}

export default function main(board: Board): void {
  spawn(main1, board.console, board.output("LED1"));
}
