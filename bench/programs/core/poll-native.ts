/** The native counterpart of poll.ts. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */
import "./round.js";

const TASKS = 200;

let left = 0;
let running = 0;

async function taker(): Promise<void> {
  while (left-- > 0) await undefined;
  if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) void taker();
}
