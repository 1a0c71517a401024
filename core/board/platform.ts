/**
 * What the device executor asks of its engine, over a {@link Platform} with one alarm. Targets whose engine has
 * better timers of its own (Espruino) replace this module by one with the same names.
 */
import { PENDING, type Op } from "../op.js";
import type { Platform } from "../platform.js";
import { TimerQueue } from "../timer-queue.js";

const timers = new TimerQueue();
let platform: Platform;
let runner: () => void = none;

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
  timers.start(op, platform.now(), delay);
  platform.setAlarm(timers.deadline);
}

export function stopTimer(op: Op, state: number): void {
  if (state === PENDING) timers.stop(op);
}

/** What the engine calls after `pend` and at an alarm. */
export function wakeUp(): void {
  timers.fire(platform.now());
  runner();
  if (!timers.isEmpty) platform.setAlarm(timers.deadline);
}
