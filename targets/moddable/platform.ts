/**
 * The device executor's platform on Moddable, in the place of core/board/platform.ts: one Timer, re-armed, for timers and
 * for `pend`. A repeating timer with an endless interval allocates nothing when it is re-armed; a one-shot could not be
 * re-armed at all. The only task of a program has that timer for itself.
 */
import Time from "time";
import Timer from "timer";
import { printable } from "../../core/board/printable.js";
import { ready, run, runOnly } from "../../core/board/scheduler.js";
import { file, fire, unfile } from "../../core/board/timer-list.js";
import { ANY_DELAY, DROPS, MANY, STACKS, TEXTLESS, TIMERS } from "../../core/features.js";
import { PENDING, type Op } from "../../core/op.js";
import type { Instant } from "../../core/types.js";

/** About 12 days: the longest delay that the engine is given, and what a timer repeats after when nobody sets it. */
const NEVER = 1000000000;

let timer: ReturnType<typeof Timer.repeat>;
/** Whether the only task set the timer. */
let isSet = false;
/** What is left of its delay after this hop. */
let rest = 0;

/** Connects the executor; called once, in the program's start: timers cannot be made while preloading. */
export function start(): void {
  timer = Timer.repeat(!MANY ? wakeOnly : TIMERS ? wakeUp : run, NEVER);
}

/** Told about each task that ended by a throw. */
export function onFault(task: string, error: unknown): void {
  const stack = STACKS ? "\n" + (((error || 0) as Error).stack || "") : "";
  trace(
    'task "' + task + '" ended by an error: ' + String(TEXTLESS ? printable(error) : error) + stack + "\n",
  );
}

/** Runs the executor in the engine's next turn. */
export function pend(): void {
  if (!MANY) isSet = true;
  Timer.schedule(timer, 0, NEVER);
}

export function startTimer(op: Op, delay: number): void {
  if (MANY) {
    file(op, clockOf(), delay);
    // A task starts it in a run, at whose end the alarm is set.
    if (DROPS) setAlarm();
  } else {
    isSet = true;
    if (ANY_DELAY) {
      const hop = delay < NEVER ? (delay > 1 ? Math.ceil(delay) : 1) : NEVER;
      rest = delay - hop;
      delay = hop;
    }
    Timer.schedule(timer, delay, NEVER);
  }
}

export function stopTimer(op: Op, state: number): void {
  if (state === PENDING) unfile(op);
}

/** The timer has fired: something is due, or pended. */
function wakeUp(): void {
  fire(clockOf());
  run();
  setAlarm();
}

function setAlarm(): void {
  // The run to come sets it again at its end.
  if (DROPS && ready) return;
  const delay = fire(clockOf());
  if (delay && !ready) Timer.schedule(timer, delay, NEVER);
}

/** As {@link wakeUp}, where the timer is that of the only task. */
function wakeOnly(): void {
  if (!isSet) return;
  if (ANY_DELAY && rest > 0) startTimer(null as never, rest);
  else {
    isSet = false;
    runOnly();
  }
}

/** The clock; the same for all operations. */
export function clockOf(): Instant {
  return (Time.ticks | 0) as Instant;
}
