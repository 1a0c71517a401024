/** Two tasks that let each other run. */
import { spawn, task, yieldNow } from "dormouse";

interface Round {
  readonly switches: number;
  end(): void;
}

/** How long a round is, and whom to tell that it is over: the bench supplies it. */
declare const round: Round;

let left = 0;
let running = 0;

const ping = task(async function ping() {
  while (left-- > 0) await yieldNow();
  if (--running === 0) round.end();
});

const pong = task(async function pong() {
  while (left-- > 0) await yieldNow();
  if (--running === 0) round.end();
});

export default function main(): void {
  left = round.switches;
  running = 2;
  spawn(ping);
  spawn(pong);
}
