/** Async functions that want permits of one semaphore, and let others run while they have one. */
/* eslint-disable @typescript-eslint/await-thenable -- to await nothing is the cheapest switch there is */
import { Semaphore } from "./native.js";
import "./round.js";

/** A round of `count` functions and `permits` permits. */
export function contend(count: number, permits: number): void {
  const semaphore = new Semaphore(permits);
  let left = round.switches;
  let running = count;

  async function owner(): Promise<void> {
    while (left-- > 0) {
      await semaphore.acquire();
      await undefined;
      semaphore.release();
    }
    if (--running === 0) round.end();
  }

  for (let i = 0; i < count; i++) void owner();
}
