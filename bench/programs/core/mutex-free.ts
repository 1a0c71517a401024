/** A task that locks and unlocks a mutex that nobody else wants. */
import { Mutex, spawn, task } from "dormouse";
import "./round.js";

const mutex = new Mutex();

const owner = task(async function owner() {
  for (let i = round.switches; i > 0; i--) {
    await mutex.lock();
    mutex.release();
  }
  round.end();
});

export default function main(): void {
  spawn(owner);
}
