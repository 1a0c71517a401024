import type { Instant } from "./types.js";

/**
 * What a target supplies to the executor: its clock, one alarm, and a way to be run soon.
 * `docs/porting.md` says what each MUST do.
 */
export interface Platform {
  /** Ticks since start, as a wrapping int32. MUST never go back. */
  now(): Instant;
  /** Replaces the one alarm: the target MUST call `executor.run()` at or after `at`. */
  setAlarm(at: Instant): void;
  /** Asks for `executor.run()` soon, from wherever. MUST NOT call it before returning. */
  pend(): void;
  /** The time of day, in milliseconds since 1970, which may step; `Date.now()` where it is absent. */
  wallTime?(this: void): number;
}
