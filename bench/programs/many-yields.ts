/** Thirty-two tasks that let each other run. */
import { spawn, task, yieldNow } from "dormouse";

interface Round {
  readonly switches: number;
  end(): void;
}

/** How long a round is, and whom to tell that it is over: the bench supplies it. */
declare const round: Round;

const PAIRS = 16;

let left = 0;
let running = 0;

const ping = task(
  async function ping() {
    while (left-- > 0) await yieldNow();
    if (--running === 0) round.end();
  },
  { pool: PAIRS },
);

const pong = task(
  async function pong() {
    while (left-- > 0) await yieldNow();
    if (--running === 0) round.end();
  },
  { pool: PAIRS },
);

export default function main(): void {
  left = round.switches;
  running = 2 * PAIRS;
  for (let i = 0; i < PAIRS; i++) {
    spawn(ping);
    spawn(pong);
  }
}
