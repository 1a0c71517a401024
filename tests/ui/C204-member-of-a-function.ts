import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

async function beat(times: number): Promise<void> {
  await sleep(ms(times));
}

class Heart {
  async beat(this: Heart): Promise<void> {
    await sleep(ms(1));
  }
}

const pump = task(async function pump(out: Console) {
  await beat.call(undefined, 2);
  await beat(beat.length);
  await new Heart().beat();
  await Heart.prototype.beat.apply(new Heart());
  out.write("over");
});

export default function main(board: Board): void {
  spawn(pump, board.console);
}
