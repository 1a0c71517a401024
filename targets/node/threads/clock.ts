/** One clock of all threads of the process. */

/** Monotonic milliseconds. */
export function hostMilliseconds(): number {
  const [s, ns] = process.hrtime();
  return s * 1000 + ns / 1e6;
}

const LOOKS = 10;

/**
 * What `performance.now()` lacks to {@link hostMilliseconds}: it counts from the start of each thread, and makes no list as
 * `hrtime` does. A thread that stands still between the two looks finds less than there is, so the most of some is taken.
 */
function offset(): number {
  let most = -Infinity;
  for (let i = 0; i < LOOKS; i++) most = Math.max(most, hostMilliseconds() - performance.now());
  return most;
}

export const OFFSET = offset();

/** Microseconds as 32 bits, which wrap after 71 minutes: for differences. */
export function microseconds(): number {
  return ((performance.now() + OFFSET) * 1000) | 0;
}

const START = microseconds();

/** Milliseconds since this thread loaded the library, of a moment in {@link microseconds}. */
export function sinceStart(micros: number): number {
  return ((micros - START) | 0) / 1000;
}
