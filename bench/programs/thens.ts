/** The counterpart of yields.ts with promises: two functions that each wait for a promise that is settled. */

interface Round {
  readonly switches: number;
  end(): void;
}

declare const round: Round;

const settled = Promise.resolve();
let left = 0;
let running = 0;

function ping(): void {
  if (left-- > 0) void settled.then(ping);
  else if (--running === 0) round.end();
}

function pong(): void {
  if (left-- > 0) void settled.then(pong);
  else if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = 2;
  ping();
  pong();
}
