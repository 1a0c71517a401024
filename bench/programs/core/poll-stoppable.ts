/** As poll-native.ts, of functions that can be stopped. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */
import { Task } from "./native-stoppable.js";
import "./round.js";

const TASKS = 200;

let left = 0;
let running = 0;

async function taker(stop: AbortSignal): Promise<void> {
  while (left-- > 0) {
    await undefined;
    stop.throwIfAborted();
  }
  if (--running === 0) round.end();
}

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) new Task(taker);
}
