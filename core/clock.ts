import { currentExecutor } from "./executor.js";
import { executorFor } from "./task.js";
import type { Instant } from "./types.js";

/**
 * The monotonic clock: ticks of one millisecond, wrapped to an int32. It never goes back, and is what `sleepUntil`,
 * `deadline` and intervals count by. Instants are compared by {@link between}, or `(a - b) | 0`, which is right within 2^31
 * ms, 24 days.
 *
 * Cost: one call of the platform's clock.
 * @throws E202 on a host where no executor runs
 */
export function now(): Instant {
  return executorFor("clock", "now").now();
}

/** The engine's time of day, in milliseconds since 1970; in the simulator that of the simulation. */
export function wallTime(): number {
  const executor = currentExecutor();
  return executor === null ? Date.now() : executor.wallTime();
}
