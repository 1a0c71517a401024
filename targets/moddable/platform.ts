/**
 * The engine under the device executor on Moddable: one Timer, re-armed, for both the alarm and `pend`. A repeating
 * timer with an endless interval allocates nothing when it is re-armed; a one-shot could not be re-armed at all.
 */
import Time from "time";
import Timer from "timer";
import { install, wakeUp } from "../../core/board/platform.js";
import { TIMERS } from "../../core/features.js";
import type { Platform } from "../../core/platform.js";
import type { Instant } from "../../core/types.js";

const NEVER = 0x3fffffff;

let timer: ReturnType<typeof Timer.repeat>;
let isPended = false;

/** Connects the executor; called once, in the program's start: timers cannot be made while preloading. */
export function start(): void {
  timer = Timer.repeat(() => {
    if (TIMERS) isPended = false;
    wakeUp();
  }, NEVER);
  install(TIMERS ? { now, setAlarm, pend } : ({ pend } as Platform), (task, error) => {
    trace('task "' + task + '" ended by an error: ' + String(error) + "\n");
  });
}

function now(): Instant {
  return (Time.ticks | 0) as Instant;
}

function setAlarm(at: Instant): void {
  // The run to come sets it again at its end.
  if (isPended) return;
  const delay = (at - now()) | 0;
  Timer.schedule(timer, delay > 0 ? delay : 0, NEVER);
}

function pend(): void {
  if (TIMERS) isPended = true;
  Timer.schedule(timer, 0, NEVER);
}
