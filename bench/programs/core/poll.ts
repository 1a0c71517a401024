/** Two hundred tasks that let each other run. */
import { spawn, task, yieldNow } from "dormouse";
import "./round.js";

const TASKS = 200;

let left = 0;
let running = 0;

const taker = task(
  async function taker() {
    while (left-- > 0) await yieldNow();
    if (--running === 0) round.end();
  },
  { pool: TASKS },
);

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) spawn(taker);
}
