/** `setTimeout` and its like, which Moddable has not, for packages that use them: over its Timer. */
import Timer from "timer";

type Callback = (...args: unknown[]) => void;
type TimerId = ReturnType<typeof Timer.repeat>;

/** Those that are set. What has fired is gone, and may be cleared all the same. */
const timers: Record<number, TimerId | undefined> = {};
let count = 0;

/** One millisecond at least, as everywhere. */
function spanOf(delay: number | undefined): number {
  return delay !== undefined && delay >= 1 ? Math.ceil(delay) : 1;
}

export function setTimeout(callback: Callback, delay?: number, ...args: unknown[]): number {
  const id = ++count;
  const call = (): void => {
    timers[id] = undefined;
    callback(...args);
  };
  timers[id] = Timer.set(call, spanOf(delay));
  return id;
}

export function setInterval(callback: Callback, delay?: number, ...args: unknown[]): number {
  const id = ++count;
  timers[id] = Timer.repeat(() => callback(...args), spanOf(delay));
  return id;
}

export function clearTimeout(id: number): void {
  const timer = timers[id];
  if (timer === undefined) return;
  timers[id] = undefined;
  Timer.clear(timer);
}

export function clearInterval(id: number): void {
  clearTimeout(id);
}
