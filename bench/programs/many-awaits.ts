/** The native counterpart of many-yields.ts: thirty-two async functions that let each other run. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */

interface Round {
  readonly switches: number;
  end(): void;
}

declare const round: Round;

const PAIRS = 16;

let left = 0;
let running = 0;

async function ping(): Promise<void> {
  while (left-- > 0) await undefined;
  if (--running === 0) round.end();
}

async function pong(): Promise<void> {
  while (left-- > 0) await undefined;
  if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = 2 * PAIRS;
  for (let i = 0; i < PAIRS; i++) {
    void ping();
    void pong();
  }
}
