/** The native counterpart of walks.ts. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */

interface Round {
  readonly switches: number;
  end(): void;
}

declare const round: Round;

let running = 0;

async function step(x: number, isUp: boolean): Promise<number> {
  await undefined;
  return isUp ? x + 1.5 : x - 2;
}

async function walk(steps: number): Promise<void> {
  let x = 0.5;
  let isUp = true;
  for (let left = steps; left > 0; left--) {
    x = await step(x, isUp);
    isUp = x < 1000;
  }
  if (--running === 0) round.end();
}

export default function main(): void {
  running = 2;
  for (let i = 0; i < 2; i++) void walk(round.switches / 2);
}
