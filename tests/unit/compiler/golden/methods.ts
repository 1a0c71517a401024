/** A method that waits, with the fields of its object. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";

class Valve {
  #turns = 0;

  constructor(private readonly pin: OutputPin) {}

  async open(): Promise<number> {
    this.pin.write(1);
    await sleep(ms(4));
    return ++this.#turns;
  }
}

const water = task(async function water(valve: Valve, out: Console) {
  out.write(String(await valve.open()));
});

export default function main(board: Board): void {
  spawn(water, new Valve(board.output("D3")), board.console);
}
