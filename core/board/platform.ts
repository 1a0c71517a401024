/**
 * What the device executor asks of its engine, over a {@link Platform} with one alarm. Targets whose engine has
 * better timers of its own (Espruino) replace this module by one with the same names.
 */
import { ANY_DELAY, DROPS, MANY, TIMERS } from "../features.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Platform } from "../platform.js";
import { TimerQueue } from "../timer-queue.js";
import type { Instant } from "../types.js";

/** The only task can have but one timer; one that needs no hops takes the place of the queue. */
let only: Op | null = null;
const timers = TIMERS && (MANY || DROPS || ANY_DELAY) ? new TimerQueue() : null!;
let platform: Platform;
let runner: () => void;

/** Told about each task that ended by a throw. */
export let onFault: (task: string, error: unknown) => void = none;

function none(): void {
  // until a target is installed
}

/** Connects the engine; the first thing that a device program does. */
export function install(engine: Platform, fault: (task: string, error: unknown) => void): void {
  platform = engine;
  onFault = fault;
}

/** Asks the engine for `run` soon. */
export function pend(run: () => void): void {
  runner = run;
  platform.pend();
}

export function startTimer(op: Op, delay: number): void {
  if (MANY || DROPS || ANY_DELAY) timers.start(op, platform.now(), delay);
  else {
    only = op;
    op.at_ = (platform.now() + delay) | 0;
  }
  platform.setAlarm(deadline());
}

export function stopTimer(op: Op, state: number): void {
  if (state === PENDING) timers.stop(op);
}

/** What the engine calls after `pend` and at an alarm. */
export function wakeUp(): void {
  if (TIMERS) {
    if (MANY || DROPS || ANY_DELAY) timers.fire(platform.now());
    else if (only !== null && ((only.at_ - platform.now()) | 0) <= 0) {
      const op = only;
      only = null;
      complete(op);
    }
  }
  runner();
  if (TIMERS && (MANY || DROPS || ANY_DELAY ? !timers.isEmpty : only !== null)) platform.setAlarm(deadline());
}

function deadline(): Instant {
  return MANY || DROPS || ANY_DELAY ? timers.deadline : (only!.at_ as Instant);
}
