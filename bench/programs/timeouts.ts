/** The counterpart of yields.ts with timers: two functions that set themselves again. */

interface Round {
  readonly switches: number;
  end(): void;
}

declare const round: Round;

let left = 0;
let running = 0;

function ping(): void {
  if (left-- > 0) setTimeout(ping, 0);
  else if (--running === 0) round.end();
}

function pong(): void {
  if (left-- > 0) setTimeout(pong, 0);
  else if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = 2;
  ping();
  pong();
}
