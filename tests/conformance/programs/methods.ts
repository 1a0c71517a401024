/** Async methods: `this` is their object through awaits, in arrows inside, and as an arm of a select. */
import { TIMED_OUT, ms, select, sleep, spawn, task, timeout, yieldNow } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";

class Blinker {
  private count = 0;

  constructor(
    private readonly pin: OutputPin,
    readonly name: string,
  ) {}

  async pulse(times: number): Promise<number> {
    const add = (by: number): void => {
      this.count += by;
    };
    for (let i = 0; i < times; i++) {
      this.pin.toggle();
      await sleep(ms(3));
      add(1);
      await this.rest();
    }
    return this.count;
  }

  async rest(): Promise<void> {
    await sleep(ms(1));
  }

  static async on(pin: OutputPin, name: string): Promise<Blinker> {
    await yieldNow();
    return new Blinker(pin, name);
  }
}

const settings = {
  prefix: "key ",
  async get(name: string): Promise<string> {
    await sleep(ms(1));
    return this.prefix + name;
  },
};

const main1 = task(async function main1(out: Console, pin: OutputPin) {
  const blinker = await Blinker.on(pin, "first");
  out.write(`${blinker.name} ${await blinker.pulse(2)} ${await blinker.pulse(1)}`);
  out.write(await settings.get("x"));
  const won = await select({ settings: settings.get("y"), pulse: blinker.pulse(3) });
  out.write(won.arm);
  const late = await timeout(blinker.pulse(100), ms(10));
  out.write(late === TIMED_OUT ? "late" : "in time");
});

export default function main(board: Board): void {
  spawn(main1, board.console, board.output("LED1"));
}
