/** Waits of one poll that were over at once, in device builds: core/op-states.ts says how many there may be. */
import { BUDGET_OF_A_POLL } from "../op-states.js";
import { pause } from "./scheduler.js";

let atOnce = 0;

/** Counts one; whether the task that runs must let others run now, and the engine. */
export function isSpent(): boolean {
  if (++atOnce <= BUDGET_OF_A_POLL) return false;
  pause();
  return true;
}

/** A poll is over. */
export function renewBudget(): void {
  atOnce = 0;
}
