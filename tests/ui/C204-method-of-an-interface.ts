import { sleep, ms, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";

interface Valve {
  close?(): Promise<void>;
}

class Slow implements Valve {
  async close(): Promise<void> {
    await sleep(ms(5));
  }
}

const shut = task(async function shut(valve: Valve) {
  if (valve.close) await valve.close();
});

export default function main(_board: Board): void {
  spawn(shut, new Slow());
}
