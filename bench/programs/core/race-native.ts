/** The native counterpart of timeout.ts as programs write it: a race with a sleep. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */
import { startSleep } from "./native.js";
import "./round.js";

async function waiter(): Promise<void> {
  for (let i = round.switches; i > 0; i--) {
    const sleeping = startSleep(10_000);
    await Promise.race([undefined, sleeping.over]);
    sleeping.giveUp();
  }
  round.end();
}

export default function main(): void {
  void waiter();
}
