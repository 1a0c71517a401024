/** Six tasks that want five permits, and let others run while they have one. */
import { Semaphore, spawn, task, yieldNow } from "dormouse";
import "./round.js";

const TASKS = 6;

const semaphore = new Semaphore(5);
let left = 0;
let running = 0;

const owner = task(
  async function owner() {
    while (left-- > 0) {
      await semaphore.acquire();
      await yieldNow();
      semaphore.release();
    }
    if (--running === 0) round.end();
  },
  { pool: TASKS },
);

export default function main(): void {
  left = round.switches;
  running = TASKS;
  for (let i = 0; i < TASKS; i++) spawn(owner);
}
