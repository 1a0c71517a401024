/** As sleepers-native.ts, of functions that can be stopped while they sleep. */
import { setTimeout as sleep } from "node:timers/promises";
import { Task } from "./native-stoppable.js";
import "./round.js";

const TASKS = 100_000;

let running = 0;

async function sleeper(delay: number, signal: AbortSignal): Promise<void> {
  const due = performance.now() + delay;
  await sleep(delay, undefined, { signal });
  round.lateness.push(performance.now() - due);
  if (--running === 0) round.end();
}

export default function main(): void {
  running = TASKS;
  for (let i = 1; i <= TASKS; i++) new Task((stop) => sleeper((i / TASKS) * round.span, stop));
}
