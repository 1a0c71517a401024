/** Eight tasks that want one mutex, and let others run while they have it. */
import { Mutex, spawn, task, yieldNow } from "dormouse";
import "./round.js";

const TASKS = 8;

const mutex = new Mutex();
let left = 0;
let running = 0;

const owner = task(
  async function owner() {
    while (left-- > 0) {
      await mutex.lock();
      await yieldNow();
      mutex.release();
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
