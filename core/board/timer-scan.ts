/**
 * Timers in device builds with few tasks that give up no future, for engines with one alarm: each task has its own
 * deadline, and nothing is linked. In the place of timer-list.ts. A task that is due gets its turn in the run that follows,
 * by its bit: whose deadline was first makes no difference. `rest_` is one more than the ticks that are left beyond the
 * deadline, and nothing while the task does not wait for time.
 *
 * Cost: start O(1), an alarm O(tasks). Allocates nothing.
 */
import { ANY_DELAY } from "../features.js";
import { complete, type Op } from "../op.js";
import type { Instant } from "../types.js";
import { tasks } from "./tasks.js";

/** The longest span that one filing covers, in ticks. */
const HOP = 1000000000;

/** As `file` of timer-list.ts. */
export function file(op: Op, now: Instant, delay: number): void {
  op.rest_ = 1;
  if (ANY_DELAY && delay > HOP) {
    op.rest_ = delay - HOP + 1;
    delay = HOP;
  } else if (ANY_DELAY) delay = delay > 1 ? Math.ceil(delay) : 1;
  op.at_ = (now + delay) | 0;
}

/** As `fire` of timer-list.ts. */
export function fire(now: Instant): number {
  let next = 0;
  for (let i = 0; i < tasks.length; i++) {
    const op = tasks[i] as unknown as Op;
    const left = (op.at_ - now) | 0;
    const rest = op.rest_ as number;
    if (!rest) continue;
    if (left > 0) {
      if (!next || left < next) next = left;
    } else if (ANY_DELAY && rest > 1) {
      file(op, op.at_ as Instant, rest - 1);
      i--;
    } else {
      op.rest_ = 0;
      complete(op);
    }
  }
  return next;
}

/** Nobody takes a timer back. */
export function unfile(): void {
  // only futures that are given up
}
