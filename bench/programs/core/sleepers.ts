/** A hundred thousand tasks that sleep once, each a little longer than the one before. */
import { ms, sleep, spawn, task } from "dormouse";
import "./round.js";

declare const performance: { now(): number };

const TASKS = 100_000;

let running = 0;

const sleeper = task(
  async function sleeper(delay: number) {
    const due = performance.now() + delay;
    await sleep(ms(delay));
    round.lateness.push(performance.now() - due);
    if (--running === 0) round.end();
  },
  { pool: TASKS },
);

export default function main(): void {
  running = TASKS;
  for (let i = 1; i <= TASKS; i++) spawn(sleeper, (i / TASKS) * round.span);
}
