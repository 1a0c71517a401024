/** Two tasks that keep numbers, and wait two calls deep. */
import { spawn, task, yieldNow } from "dormouse";

interface Round {
  readonly switches: number;
  end(): void;
}

/** How long a round is, and whom to tell that it is over: the bench supplies it. */
declare const round: Round;

let running = 0;

async function step(x: number, isUp: boolean): Promise<number> {
  await yieldNow();
  return isUp ? x + 1.5 : x - 2;
}

const walk = task(
  async function walk(steps: number) {
    let x = 0.5;
    let isUp = true;
    for (let left = steps; left > 0; left--) {
      x = await step(x, isUp);
      isUp = x < 1000;
    }
    if (--running === 0) round.end();
  },
  { pool: 2 },
);

export default function main(): void {
  running = 2;
  for (let i = 0; i < 2; i++) spawn(walk, round.switches / 2);
}
