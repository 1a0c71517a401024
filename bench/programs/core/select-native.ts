/** The native counterpart of select.ts: a race of two sleeps, and both are given up behind it. */
import { startSleep } from "./native.js";
import "./round.js";

const TASKS = 100;

let left = 0;
let running = 0;

async function waiter(): Promise<void> {
  while (left-- > 0) {
    const soon = startSleep(1);
    const late = startSleep(50);
    await Promise.race([soon.over, late.over]);
    soon.giveUp();
    late.giveUp();
  }
  if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) void waiter();
}
