/**
 * The engine under the device executor on Moddable: one Timer, re-armed, for both the alarm and `pend`. A repeating
 * timer with an endless interval allocates nothing when it is re-armed; a one-shot could not be re-armed at all.
 */
import Time from "time";
import Timer from "timer";
import { install, wakeUp } from "../../core/board/platform.js";
import type { Instant } from "../../core/types.js";

const NEVER = 0x3fffffff;

/** Connects the executor; called once, in the program's start: timers cannot be made while preloading. */
export function start(): void {
  let isPended = false;
  const timer = Timer.repeat(() => {
    isPended = false;
    wakeUp();
  }, NEVER);
  const now = (): Instant => (Time.ticks | 0) as Instant;
  const setAlarm = (at: Instant): void => {
    // The run to come sets it again at its end.
    if (isPended) return;
    const delay = (at - now()) | 0;
    Timer.schedule(timer, delay > 0 ? delay : 0, NEVER);
  };
  const pend = (): void => {
    isPended = true;
    Timer.schedule(timer, 0, NEVER);
  };
  install({ now, setAlarm, pend }, (task, error) => {
    trace('task "' + task + '" ended by an error: ' + String(error) + "\n");
  });
}
