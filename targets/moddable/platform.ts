/**
 * The device executor's platform on Moddable, in the place of core/board/platform.ts: one Timer, re-armed, for timers and
 * for `pend`. A repeating timer with an endless interval allocates nothing when it is re-armed; a one-shot could not be
 * re-armed at all. The only task of a program has that timer for itself.
 */
import Time from "time";
import Timer from "timer";
import { isPended, pollOnly, resumeOnly, run, runOnly } from "../../core/board/scheduler.js";
import { file, fire, head, unfile } from "../../core/board/timer-list.js";
import { ANY_DELAY, DROPS, MANY, ONE_POLL, TIMERS } from "../../core/features.js";
import { PENDING, type Op } from "../../core/op.js";
import type { Instant } from "../../core/types.js";

/** The longest interval. */
const NEVER = 1073741823;

let timer: ReturnType<typeof Timer.repeat>;
/** What is left of the only task's delay after this hop. */
let rest = 0;

/** Connects the executor; called once, in the program's start: timers cannot be made while preloading. */
export function start(): void {
  timer = Timer.repeat(
    MANY || DROPS
      ? TIMERS
        ? wakeUp
        : MANY
          ? run
          : runOnly
      : ANY_DELAY
        ? hopped
        : ONE_POLL
          ? pollOnly
          : resumeOnly,
    NEVER,
  );
}

/** Told about each task that ended by a throw. */
export function onFault(task: string, error: unknown): void {
  trace('task "' + task + '" ended by an error: ' + String(error) + "\n");
}

/** Runs the executor in the engine's next turn. */
export function pend(): void {
  Timer.schedule(timer, 0, NEVER);
}

export function startTimer(op: Op, delay: number): void {
  if (MANY || DROPS) {
    file(op, clockOf(), delay);
    // A task starts it in a run, at whose end the alarm is set.
    if (DROPS) setAlarm();
  } else {
    const hop = ANY_DELAY ? (delay < NEVER ? (delay > 1 ? Math.ceil(delay) : 1) : NEVER) : delay;
    if (ANY_DELAY) rest = delay - hop;
    Timer.schedule(timer, hop, NEVER);
  }
}

export function stopTimer(op: Op, state: number): void {
  if (state === PENDING) unfile(op);
}

/** The timer has fired: something is due, or pended. */
function wakeUp(): void {
  fire(clockOf());
  if (MANY) run();
  else runOnly();
  setAlarm();
}

function setAlarm(): void {
  // The run to come sets it again at its end.
  if (isPended || !head.next_) return;
  const delay = (head.next_.at_ - clockOf()) | 0;
  Timer.schedule(timer, delay > 0 ? delay : 0, NEVER);
}

/** As {@link wakeUp}, for the only task. */
function hopped(): void {
  if (rest > 0) startTimer(null as never, rest);
  else if (ONE_POLL) pollOnly();
  else resumeOnly();
}

/** The clock; the same for all operations. */
export function clockOf(): Instant {
  return (Time.ticks | 0) as Instant;
}
