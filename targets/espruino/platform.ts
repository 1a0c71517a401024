/**
 * The device executor's platform on Espruino, in the place of core/board/platform.ts: native timers, one for each
 * operation that waits for time. Measured (guide/espruino.md): eight sleeping tasks cost a fifth of a sorted list.
 */
import { ANY_DELAY, DROPS, MANY, STACKS, TEXTLESS } from "../../core/features.js";
import { PENDING, complete, type Op } from "../../core/op.js";
import type { Instant } from "../../core/types.js";

import { printable } from "../../core/board/printable.js";
import { runOnly } from "../../core/board/scheduler.js";

/** The longest delay that the engine is given; a longer one goes in hops. About 12 days. */
const HOP = 1000000000;

/** Told about each task that ended by a throw. */
export function onFault(task: string, error: unknown): void {
  if (TEXTLESS) error = printable(error);
  const stack = STACKS ? ((error || 0) as Error).stack || "" : "";
  console.log('task "' + task + '" ended by an error: ' + (error as string) + stack);
}

/** Runs `run` in the engine's next turn. */
export const pend: (run: () => void, delay: 0) => void = setTimeout;

/** The clock; the same for all operations. */
export function clockOf(): Instant {
  return ((getTime() * 1000) | 0) as Instant;
}

export function startTimer(op: Op, delay: number): void {
  if (ANY_DELAY) {
    const hop = delay < HOP ? (delay > 1 ? delay : 1) : HOP;
    op.at_ = delay - hop;
    delay = hop;
  }
  const due = (ANY_DELAY ? fire : MANY ? complete : runOnly) as (op: unknown) => void;
  if (DROPS) op.rest_ = setTimeout(due, delay, op);
  else setTimeout(due, delay, op);
}

export function stopTimer(op: Op, state: number): void {
  // A number by its text: of anything else, a build would ask first whether it is there.
  if (state === PENDING) clearTimeout((op.rest_ as number) - 0);
}

function fire(op: Op): void {
  if (op.at_ > 1) startTimer(op, op.at_);
  else if (MANY) complete(op);
  else runOnly();
}
