/** Two timers in a select, of which the later one is given up, again and again. */
import { ms, select, sleep, spawn, task } from "dormouse";
import "./round.js";

const TASKS = 100;

let left = 0;
let running = 0;

const waiter = task(
  async function waiter() {
    while (left-- > 0) await select({ soon: sleep(ms(1)), late: sleep(ms(50)) });
    if (--running === 0) round.end();
  },
  { pool: TASKS },
);

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) spawn(waiter);
}
